### A closer look at a partner: further reasons, whether they might say yes, and how far it is.

details-missing = Not found in its profile: { $words }
details-further = Further reasons
details-wants = What they look for (as far as it meets your own profile)
details-asked = Introductions asked of them this quarter: { $n } (of { $most } at most)
details-accepted = Answers they gave so far: { $n }, of which yes: { $yes }
details-distance = { $km ->
    [0] In the same prefecture
   *[other] About { $km } km from seat to seat of the prefectures
}
size = { $n } people
organisation-in = { $name }, { $prefecture }
size-from = { $n } people or more
