"""The shapes and limits of Block Kit: what Slack takes, and what it says of what it does not take.

Written from Slack's reference and independent of the models that slack_app builds its blocks with, so that
a mistake there does not hide here. Anything a shape does not name is refused, as Slack refuses it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    model_validator,
)

MAX_BLOCKS_OF_A_MESSAGE = 50
MAX_BLOCKS_OF_A_VIEW = 100
MAX_TEXT_OF_BLOCKS = 13_200

Id = Annotated[str, StringConstraints(max_length=255)]
Url = Annotated[str, StringConstraints(max_length=3000)]
Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Plain(Shape):
    type: Literal["plain_text"]
    text: str = Field(min_length=1)
    emoji: bool = True


class Mrkdwn(Shape):
    type: Literal["mrkdwn"]
    text: str = Field(min_length=1)
    verbatim: bool = False


AnyText = Annotated[Plain | Mrkdwn, Field(discriminator="type")]


def _at_most(n: int) -> AfterValidator:
    """Refuses a text object that is longer than this."""

    def check(text: Plain | Mrkdwn) -> Plain | Mrkdwn:
        if len(text.text) > n:
            raise ValueError(f"must be less than {n + 1} characters")
        return text

    return AfterValidator(check)


class Confirm(Shape):
    title: Annotated[Plain, _at_most(100)]
    text: Annotated[AnyText, _at_most(300)]
    confirm: Annotated[Plain, _at_most(30)]
    deny: Annotated[Plain, _at_most(30)]
    style: Literal["primary", "danger"] | None = None


class Option(Shape):
    text: Annotated[Plain, _at_most(75)]
    value: str = Field(min_length=1, max_length=150)
    description: Annotated[Plain, _at_most(75)] | None = None
    url: Url | None = None


class MrkdwnOption(Shape):
    """An option of checkboxes or radio buttons, which may be written in mrkdwn."""

    text: Annotated[AnyText, _at_most(75)]
    value: str = Field(min_length=1, max_length=150)
    description: Annotated[AnyText, _at_most(75)] | None = None


class OptionGroup(Shape):
    label: Annotated[Plain, _at_most(75)]
    options: list[Option] = Field(min_length=1, max_length=100)


class Element(Shape):
    action_id: Id | None = None


class Focusable(Element):
    focus_on_load: bool = False
    confirm: Confirm | None = None


class Placeholder(Focusable):
    placeholder: Annotated[Plain, _at_most(150)] | None = None


class Button(Element):
    type: Literal["button"]
    text: Annotated[Plain, _at_most(75)]
    value: str | None = Field(None, max_length=2000)
    url: Url | None = None
    style: Literal["primary", "danger"] | None = None
    confirm: Confirm | None = None
    accessibility_label: str | None = Field(None, max_length=75)


class _WithOptions(Placeholder):
    options: list[Option] | None = Field(None, min_length=1, max_length=100)
    option_groups: list[OptionGroup] | None = Field(None, min_length=1, max_length=100)

    @model_validator(mode="after")
    def _has_one_of_the_two(self) -> "_WithOptions":
        if (self.options is None) == (self.option_groups is None):
            raise ValueError("needs either options or option_groups")
        return self

    def offered(self) -> list[Option]:
        return [*(self.options or ()), *(o for group in self.option_groups or () for o in group.options)]


class StaticSelect(_WithOptions):
    type: Literal["static_select"]
    initial_option: Option | None = None

    @model_validator(mode="after")
    def _begins_with_what_it_offers(self) -> "StaticSelect":
        if self.initial_option is not None and self.initial_option not in self.offered():
            raise ValueError("initial_option is not among the options")
        return self


class MultiStaticSelect(_WithOptions):
    type: Literal["multi_static_select"]
    initial_options: list[Option] | None = Field(None, min_length=1)
    max_selected_items: int | None = Field(None, ge=1)

    @model_validator(mode="after")
    def _begins_with_what_it_offers(self) -> "MultiStaticSelect":
        if any(option not in self.offered() for option in self.initial_options or ()):
            raise ValueError("initial_options are not among the options")
        return self


class ExternalSelect(Placeholder):
    type: Literal["external_select"]
    initial_option: Option | None = None
    min_query_length: int = Field(3, ge=0)


class MultiExternalSelect(Placeholder):
    type: Literal["multi_external_select"]
    initial_options: list[Option] | None = None
    min_query_length: int = Field(3, ge=0)
    max_selected_items: int | None = Field(None, ge=1)


class UsersSelect(Placeholder):
    type: Literal["users_select"]
    initial_user: str | None = None


class ConversationsSelect(Placeholder):
    type: Literal["conversations_select"]
    initial_conversation: str | None = None
    default_to_current_conversation: bool = False
    response_url_enabled: bool = False
    filter: dict[str, Any] | None = None


class Overflow(Element):
    type: Literal["overflow"]
    options: list[Option] = Field(min_length=1, max_length=5)
    confirm: Confirm | None = None


class DatePicker(Placeholder):
    type: Literal["datepicker"]
    initial_date: Day | None = None


class TimePicker(Placeholder):
    type: Literal["timepicker"]
    initial_time: str | None = Field(None, pattern=r"^\d{2}:\d{2}$")
    timezone: str | None = None


class Checkboxes(Focusable):
    type: Literal["checkboxes"]
    options: list[MrkdwnOption] = Field(min_length=1, max_length=10)
    initial_options: list[MrkdwnOption] | None = Field(None, min_length=1)

    @model_validator(mode="after")
    def _begins_with_what_it_offers(self) -> "Checkboxes":
        if any(option not in self.options for option in self.initial_options or ()):
            raise ValueError("initial_options are not among the options")
        return self


class RadioButtons(Focusable):
    type: Literal["radio_buttons"]
    options: list[MrkdwnOption] = Field(min_length=1, max_length=10)
    initial_option: MrkdwnOption | None = None

    @model_validator(mode="after")
    def _begins_with_what_it_offers(self) -> "RadioButtons":
        if self.initial_option is not None and self.initial_option not in self.options:
            raise ValueError("initial_option is not among the options")
        return self


class DispatchConfig(Shape):
    trigger_actions_on: list[Literal["on_enter_pressed", "on_character_entered"]] = Field(min_length=1)


class _TextInput(Element):
    placeholder: Annotated[Plain, _at_most(150)] | None = None
    focus_on_load: bool = False
    dispatch_action_config: DispatchConfig | None = None


class PlainTextInput(_TextInput):
    type: Literal["plain_text_input"]
    initial_value: str | None = Field(None, max_length=3000)
    multiline: bool = False
    min_length: int | None = Field(None, ge=0, le=3000)
    max_length: int | None = Field(None, ge=1, le=3000)


class NumberInput(_TextInput):
    type: Literal["number_input"]
    is_decimal_allowed: bool
    initial_value: str | None = None
    min_value: str | None = None
    max_value: str | None = None


class EmailInput(_TextInput):
    type: Literal["email_text_input"]
    initial_value: str | None = None


class UrlInput(_TextInput):
    type: Literal["url_text_input"]
    initial_value: str | None = None


class Image(Shape):
    type: Literal["image"]
    image_url: Url
    alt_text: str = Field(min_length=1, max_length=2000)


class FeedbackButton(Shape):
    text: Annotated[Plain, _at_most(75)]
    value: str = Field(max_length=2000)
    accessibility_label: str | None = Field(None, max_length=75)


class FeedbackButtons(Element):
    type: Literal["feedback_buttons"]
    positive_button: FeedbackButton
    negative_button: FeedbackButton


class IconButton(Element):
    type: Literal["icon_button"]
    icon: Literal["trash"]
    text: Annotated[Plain, _at_most(75)]
    value: str | None = Field(None, max_length=2000)
    confirm: Confirm | None = None
    visible_to_user_ids: list[str] | None = None


_Menu = (
    StaticSelect
    | MultiStaticSelect
    | ExternalSelect
    | MultiExternalSelect
    | UsersSelect
    | ConversationsSelect
    | DatePicker
    | TimePicker
    | Checkboxes
    | RadioButtons
)
_Accessory = Annotated[Button | _Menu | Overflow | Image, Field(discriminator="type")]
_Action = Annotated[Button | _Menu | Overflow, Field(discriminator="type")]
_Input = Annotated[_Menu | PlainTextInput | NumberInput | EmailInput | UrlInput, Field(discriminator="type")]


class _Block(Shape):
    block_id: Id | None = None


class Section(_Block):
    type: Literal["section"]
    text: Annotated[AnyText, _at_most(3000)] | None = None
    fields: list[Annotated[AnyText, _at_most(2000)]] | None = Field(None, min_length=1, max_length=10)
    accessory: _Accessory | None = None
    expand: bool = False

    @model_validator(mode="after")
    def _says_something(self) -> "Section":
        if self.text is None and self.fields is None:
            raise ValueError("missing required field: text or fields")
        return self


class Header(_Block):
    type: Literal["header"]
    text: Annotated[Plain, _at_most(150)]


class Context(_Block):
    type: Literal["context"]
    elements: list[Annotated[Image | Plain | Mrkdwn, Field(discriminator="type")]] = Field(
        min_length=1, max_length=10
    )


class Divider(_Block):
    type: Literal["divider"]


class Actions(_Block):
    type: Literal["actions"]
    elements: list[_Action] = Field(min_length=1, max_length=25)


class ContextActions(_Block):
    type: Literal["context_actions"]
    elements: list[Annotated[FeedbackButtons | IconButton, Field(discriminator="type")]] = Field(
        min_length=1, max_length=5
    )


class Input(_Block):
    type: Literal["input"]
    label: Annotated[Plain, _at_most(2000)]
    element: _Input
    hint: Annotated[Plain, _at_most(2000)] | None = None
    optional: bool = False
    dispatch_action: bool = False


class ImageBlock(_Block):
    type: Literal["image"]
    image_url: Url
    alt_text: str = Field(min_length=1, max_length=2000)
    title: Annotated[Plain, _at_most(2000)] | None = None


class Markdown(_Block):
    type: Literal["markdown"]
    text: str = Field(min_length=1, max_length=12_000)


class RichText(_Block):
    """Rich text is nested and open-ended; its parts are checked by their types alone."""

    type: Literal["rich_text"]
    elements: list[dict[str, Any]] = Field(min_length=1)

    @model_validator(mode="after")
    def _is_made_of_known_parts(self) -> "RichText":
        known = {"rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote"}
        if any(part.get("type") not in known or "elements" not in part for part in self.elements):
            raise ValueError("unsupported type of rich text")
        return self


_InMessage = (
    Section | Header | Context | ContextActions | Divider | Actions | Input | ImageBlock | Markdown | RichText
)
_InView = Section | Header | Context | Divider | Actions | Input | ImageBlock | RichText
_MESSAGE: TypeAdapter[Any] = TypeAdapter(
    Annotated[
        list[Annotated[_InMessage, Field(discriminator="type")]], Field(max_length=MAX_BLOCKS_OF_A_MESSAGE)
    ]
)
_ViewBlocks = Annotated[
    list[Annotated[_InView, Field(discriminator="type")]],
    Field(min_length=1, max_length=MAX_BLOCKS_OF_A_VIEW),
]


class _View(Shape):
    blocks: _ViewBlocks
    private_metadata: str = Field("", max_length=3000)
    callback_id: Id = ""
    external_id: Id = ""


class Modal(_View):
    type: Literal["modal"]
    title: Annotated[Plain, _at_most(24)]
    submit: Annotated[Plain, _at_most(24)] | None = None
    close: Annotated[Plain, _at_most(24)] | None = None
    clear_on_close: bool = False
    notify_on_close: bool = False
    submit_disabled: bool = False

    @model_validator(mode="after")
    def _can_be_submitted(self) -> "Modal":
        if self.submit is None and any(isinstance(block, Input) for block in self.blocks):
            raise ValueError("missing required field: submit")
        return self


class Home(_View):
    type: Literal["home"]


_VIEW: TypeAdapter[Any] = TypeAdapter(Annotated[Modal | Home, Field(discriminator="type")])


def problems_of_blocks(blocks: Any) -> list[str]:
    """What Slack has against these blocks of a message, in its manner; nothing if they are fine."""
    return (
        _problems(_MESSAGE, blocks, "/blocks")
        or _doubled([block["block_id"] for block in blocks if block.get("block_id")], "block_id", "/blocks")
        or _doubled(
            [element["action_id"] for _, element in interactive_elements(blocks)], "action_id", "/blocks"
        )
    )


def problems_of_view(view: Any) -> list[str]:
    """What Slack has against this modal or home tab; nothing if it is fine."""
    if problems := _problems(_VIEW, view, "/view"):
        return problems
    blocks = view["blocks"]
    within_blocks = [
        f"{block_id or position} {element['action_id']}"
        for position, block in enumerate(blocks)
        for block_id, element in interactive_elements([block])
    ]
    return _doubled(
        [block["block_id"] for block in blocks if block.get("block_id")], "block_id", "/view/blocks"
    ) or _doubled(within_blocks, "action_id", "/view/blocks")


def text_of_blocks(blocks: Sequence[Mapping[str, Any]]) -> str:
    """Every text that the blocks show, one to a line: what a person reads."""
    return "\n".join(_texts(list(blocks)))


def interactive_elements(blocks: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The elements that have an action id, each with the id of its block, in the order they are shown."""
    for block in blocks:
        for element in (*block.get("elements", ()), block.get("accessory"), block.get("element")):
            if isinstance(element, dict) and "action_id" in element:
                yield block.get("block_id", ""), element


def _problems(shape: TypeAdapter[Any], found: Any, root: str) -> list[str]:
    try:
        shape.validate_python(found)
    except ValidationError as refusal:
        return [
            f"[ERROR] {error['msg'].removeprefix('Value error, ')}"
            f" [json-pointer:{root}{_pointer(found, error['loc'])}]"
            for error in refusal.errors()
        ]
    return []


def _pointer(found: Any, location: tuple[int | str, ...]) -> str:
    """Where in the JSON: the steps of pydantic without the names of the shapes it tried."""
    steps = []
    for step in location:
        is_inside = (
            step in found if isinstance(found, dict) else isinstance(found, list) and isinstance(step, int)
        )
        if is_inside and isinstance(found, dict | list):
            found = found[step]  # type: ignore[index]
            steps.append(step)
    return "".join(f"/{step}" for step in steps)


def _doubled(ids: Sequence[str], what: str, where: str) -> list[str]:
    return [
        f"[ERROR] `{what}` {one} already exists [json-pointer:{where}]"
        for one, n in Counter(ids).items()
        if n > 1
    ]


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        for one in part:
            yield from _texts(one)
    elif isinstance(part, dict):
        for key, value in part.items():
            if key in ("text", "alt_text") and isinstance(value, str):
                yield value
            elif key not in ("value", "action_id", "block_id", "image_url", "confirm"):
                yield from _texts(value)
