"""Cities, which stand for their prefecture: a message is read with the prefecture in place of the city, and
told with the city again."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from matchbot.phrases.reading import Reading


@dataclass(frozen=True, slots=True)
class Cities:
    """The cities that one language knows.

    ``pattern`` finds what may be one; ``prefectures`` gives the names of those it lies in, as the
    recogniser of that language knows them, or nothing where it is none; ``joint`` stands between them.
    """

    pattern: re.Pattern[str]
    prefectures: Callable[[re.Match[str]], tuple[str, ...]]
    joint: str

    def read(self, text: str, read: Callable[[str], Reading]) -> Reading:
        """What ``read`` makes of a text, and of its cities; those that are no wish (「堺市の水道」) stay in
        its content as they were said.

        Left as they are where it could not be told afterwards which of two places was meant: both cities of
        a prefecture, or a city and its prefecture, of which the content keeps one.
        """
        cities = {
            city.group(): found for city in self.pattern.finditer(text) if (found := self.prefectures(city))
        }
        if not cities:
            return read(text)

        def told(city: re.Match[str]) -> str:
            return self.joint.join(cities.get(city.group(), (city.group(),)))

        told_by = {self.joint.join(found): city for city, found in cities.items()}
        reading = read(self.pattern.sub(told, text))
        rest = self.pattern.sub(lambda city: "" if city.group() in cities else city.group(), text)
        is_plain = len(told_by) == len(cities) and not any(words in rest for words in told_by)
        content = reading.content
        if not is_plain and any(words in content for words in told_by):
            return read(text)
        for words, city in told_by.items():
            content = content.replace(words, city)
        city_of = {prefecture: city for city, found in cities.items() for prefecture in found}
        pieces = (replace(piece, said=city_of.get(piece.said, piece.said)) for piece in reading.pieces)
        return replace(reading, content=content, pieces=tuple(pieces))
