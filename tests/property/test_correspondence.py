"""The state of any thread survives being written down."""

from hypothesis import given
from hypothesis import strategies as st

from matchbot.conversation import Conversation, Question
from matchbot.correspondence import from_json, to_json
from matchbot.need import Aspect, Need, Piece

TUPLES_OF_TEXT = st.lists(st.text(), max_size=4).map(tuple)
PIECES = st.builds(Piece, st.sampled_from(Aspect), TUPLES_OF_TEXT, st.text(), st.booleans())
LANGUAGES = st.sampled_from(["ja", "en"])
NEEDS = st.builds(Need, st.text(), st.text(), st.lists(PIECES, max_size=4).map(tuple), LANGUAGES)
QUESTIONS = st.sampled_from(Question)
CONVERSATIONS = st.builds(
    Conversation,
    st.none() | NEEDS,
    TUPLES_OF_TEXT,
    st.lists(QUESTIONS, max_size=3).map(tuple),
    st.none() | QUESTIONS,
    LANGUAGES,
)


@given(CONVERSATIONS)
def test_a_conversation_read_back_is_the_same(conversation: Conversation) -> None:
    read = from_json(to_json(conversation))
    assert read == conversation
    assert [type(piece.aspect) for piece in (read.need.pieces if read.need else ())] == [
        Aspect for _ in (conversation.need.pieces if conversation.need else ())
    ]
