# Why a partner comes sooner or later than its words alone would say.

## Ties

tie-undertaking = 以前からのつながり: 同じ「{ $name }」に名前があります
tie-met = 以前からのつながり: ご紹介したことがあります
part-ties = つながり
column-part-ties = つながり
cli-search--no-ties = 以前からのつながりを順位に使わない
cli-eval--no-ties = 以前からのつながりを順位に使わずに測る
