### コマンドラインの受付: ニーズ、案件、成果、会員、台帳。使い方の説明、表、返事。

## いくつかのコマンドに共通

cli--as = 操作する会員の ID
cli--key = この操作につける名前。同じ名前では一度しか行われません

## matchbot needs

cli-needs = ニーズを登録する
cli-needs--for = 機関（ID または名称）。既定は、その会員が代表する機関
cli-needs-NEED = ニーズの ID
cli-needs-list = 機関のニーズを一覧する
cli-needs-enter = ニーズを登録する（企業は自分の、コーディネーターは企業に代わって）
cli-needs-enter-TEXT = 探している相手・技術・課題
cli-needs-enter--purpose = 連携の目的
cli-needs-enter--alerts = 新しい相手が現れたら知らせる
cli-needs-close = ニーズを終える（もう探していない）
cli-needs-rate = 相手がニーズに合うかどうかを記録する
cli-needs-rate-ORG = 相手の機関（ID または名称、非公開の機関は符号）
cli-needs-rate--fits = 合う／条件に合わない

## matchbot case

cli-case =
    紹介の案件を、申込みからその後まで進める

    request または propose → approve → ask → consent → introduce → progress。進めるたびに、今の状態を表示します。
cli-case-CASE = 案件の ID
cli-case-ORGS = 機関（ID または名称、複数）
cli-case--for = 話す側の機関（ID または名称）。既定は、その会員が代表する機関
cli-case--need = もとになるニーズの ID
cli-case--purpose = 連携の目的（既定はニーズの目的）
cli-case--brief = 相手に読んでもらう文面
cli-case--cluster = 複数のクラスターを担当するとき、どのクラスターとして行うか
cli-case--reason = 理由。コーディネーターだけが読みます
cli-case--means = Slack の外で聞いた手段。代わりに記録したもの（代行記録）になります
cli-case--said-by = 機関のどなたの話か
cli-case--on = その日付（既定は今日）
cli-case-outside--on = 紹介した日
cli-case--note = 覚え書き
cli-case--document = 根拠となる書類（根拠 A）
cli-case--form = 面談の形（対面・オンライン）
cli-case-list = 自分にかかわる案件を一覧する
cli-case-list--all = 終わった案件も表示する
cli-case-quota = 残りの希望件数を表示する
cli-case-show = 案件を表示する（状態、次に動く人、承認の参考になること）
cli-case-log = 案件の記録をすべて表示する
cli-case-request =
    紹介を希望する

    希望した機関は、それで同意したことになります。--means をつけると、コーディネーターが Slack の外で聞いた希望を記録します。
cli-case-request-ORGS = 会いたい相手（ID、名称、非公開の機関は符号。複数）
cli-case-request--anonymous = 全員が同意するまで名称を伝えない（種別・クラスター・おおよその規模だけ）
cli-case-propose = コーディネーターから紹介を提案する（すべての機関の同意が必要）
cli-case-outside = 対面・電話で行った紹介を記録する
cli-case-outside--purpose = 連携の目的
cli-case-approve = 承認する
cli-case-return = 差し戻す
cli-case-resubmit = 差し戻された案件を出し直す
cli-case-decline = 見送る（コーディネーターとして）
cli-case-stop = 知らされた案件を、相手が回答するまでに止める
cli-case-cancel = 案件を取りやめる
cli-case-withdraw = 希望を取り下げる
cli-case-letter = 機関へのメールの文面を作る（同意の前は打診、後は紹介状）
cli-case-letter--language = 文面の言語（既定は MATCHBOT_LANGUAGE）
cli-case-ask = Slack の外の機関に打診したことを記録する
cli-case-consent = 「会ってみる」と答える、またはその回答を記録する
cli-case-refuse = 「見送る」と答える、またはその回答を記録する
cli-case-defer = 「検討中(○日まで)」と答える、またはその回答を記録する
cli-case-defer--until = いつまで検討するか
cli-case-introduce =
    紹介する（連絡先を開示して届ける）

    すべての機関が同意するまではできません。これが紹介の件数に数えられます。
cli-case-introduce--means = 届ける手段（slack は matchbot が届け、届いたときに紹介になります）
cli-case-introduce--letter = 送る、または送った文面のファイル（「-」は標準入力）
cli-case-nda = 秘密保持契約（NDA）の希望、または締結を記録する
cli-case-nda--signed-on = 締結日
cli-case-nda--reason = 記録した締結日を直すときの理由
cli-case-attach =
    書類を添付する（本文のファイル、または置き場所）

    相手が読めるのは、すべての機関が同意した後です。秘密保持契約を依頼中のときは、その締結日からになります。
cli-case-attach-REFERENCE = 書類の置き場所（URL、棚の番号など）
cli-case-attach--file = 書類そのもの（UTF-8 のテキスト。「-」は標準入力）
cli-case-open = 添付された書類を読む（相手の書類を開くと、断られたときも含めて記録されます）
cli-case-open-DOCUMENT = 書類の ID（case show に表示）
cli-case-progress = その後の進み具合を記録する
cli-case-progress-PROGRESS = no_contact 連絡なし、meeting 面談（--on に日付）、continuing 継続協議中、given_up 見送り
cli-case-progress--on = 面談の日付
cli-case-follow-up = その後の問い合わせに答える
cli-case-follow-up--days = どの問い合わせか（紹介からの日数）
cli-case-follow-up--progress = 進み具合
cli-case-follow-up--met-on = 面談の日付
cli-case-reverse = 誤った記録（紹介、または面談）を訂正する
cli-case-reverse--meeting = この日の面談だけを訂正する

## matchbot queue, load, handover

cli-queue = 自分の対応を待っているものを表示する
cli-queue--all = 担当クラスターのほかの人の分も表示する
cli-load = コーディネーターごとの待ち件数と、今年度の訪問・連絡の件数を表示する
cli-handover =
    コーディネーターの担当を別の人に引き継ぐ

    案件、機関、クラスターのすべてを引き継ぎます。それまでの記録はそのまま残ります。
cli-handover-FROM = 離れるコーディネーター
cli-handover-TO = 引き継ぐコーディネーター

## matchbot outcomes, business

cli-outcomes = 成果を記録する（何人が報告しても1件は1件）
cli-outcomes-OUTCOME = 成果の ID
cli-outcomes--for = 報告する機関（ID または名称）。企業の既定は自分の機関
cli-outcomes--case = もとになった案件
cli-outcomes--on = 契約・開始・登記・上場などの日付
cli-outcomes--certainty = 見込み（expected）か確定（confirmed）か
cli-outcomes--attribution = ネットワークの寄与。decisive 決め手、contributing 一助、unrelated 無関係
cli-outcomes--anyway = 紹介がなくても出会っていたか
cli-outcomes--document = 根拠となる書類（根拠 A）
cli-outcomes--note = 覚え書き
cli-outcomes-list = 成果を一覧する
cli-outcomes-list--for = この機関のものだけ
cli-outcomes-list--case = この案件のものだけ
cli-outcomes-add = 成果を記録する（すでにあるものには報告を加える）
cli-outcomes-add-KIND = deal 成約、joint_research 共同研究・ライセンス、funding 融資・出資、new_business 新事業、founding 創業、second_founding 第二創業、university_venture 大学発ベンチャー、listing 上場
cli-outcomes-add-ORGS = 成果をあげた機関（ID または名称、複数）
cli-outcomes-add--subject = 新事業・新会社の ID（あるとき）
cli-outcomes-claim = 記録済みの成果に報告を加える
cli-outcomes-confirm = 見込みだったものを確定にする
cli-outcomes-correct = 日付や確度を訂正する（前の記録も残る）
cli-outcomes-correct--on = 正しい日付
cli-outcomes-correct--certainty = 正しい確度。見込み（expected）か確定（confirmed）か
cli-outcomes-correct--reason = 理由
cli-outcomes-reverse = 訂正する（なかった、または二重に記録された）
cli-outcomes-reverse--reason = 理由
cli-outcomes-reverse--same-as = 代わりに数える成果
cli-outcomes-import =
    年1回の会員調査をファイルから取り込む

    もう一度取り込んでも、二重には数えません。使えない行は報告します。
cli-outcomes-import-FILE = CSV・XLSX・JSON。種類、日付、機関の列が必要（新事業には事業IDの列も）
cli-outcomes-import--wave = 調査の名前（例: 2026）
cli-business = 会員の新事業を記録する
cli-business-add = 新事業を記録する（紹介がなくてもよい）
cli-business-add-ID = 事業の ID。1つの事業は1度だけ数えます
cli-business-add-ORGS = 事業を始めた機関（ID または名称、複数）
cli-business-add--on = 開始の日付
cli-business-add--certainty = 見込み（expected）か確定（confirmed）か
cli-business-add--novelty = 何が新しいか
cli-business-add--start = 何をもって開始とするか
cli-business-add--case = もとになった案件
cli-business-add--attribution = ネットワークの寄与
cli-business-add--anyway = 紹介がなくても始まっていたか
cli-business-add--document = 根拠となる書類（根拠 A）
cli-business-add--note = 覚え書き

cli-awards = ほかの制度の採択・認定を記録する（会員の割合を出すため）
cli-awards-import =
    採択・認定の一覧をファイルから取り込む

    会員のものも、そうでないものも含めて取り込みます。もう一度取り込んでも、二重には数えません。使えない行は報告します。
cli-awards-import-FILE = CSV・XLSX・JSON。法人番号（または機関の ID）、制度、採択番号、年月日の列が必要

## matchbot visit, survey

cli-visit = コーディネーターの訪問を記録する
cli-visit--need = つながったニーズの ID
cli-visit--case = つながった案件の ID
cli-visit-log = 訪問・電話・面会を記録する
cli-visit-log-ORGS = 機関（ID または名称、複数）
cli-visit-log--on = 日付
cli-visit-log--means = 手段
cli-visit-log--note = 覚え書き
cli-visit-link = 訪問から何につながったかを加える
cli-visit-link-VISIT = 訪問の ID
cli-visit-tie = 2つの機関がネットワークの外で以前からの知り合いだったことを記録する
cli-visit-tie-ORG = 機関（ID または名称）
cli-visit-tie-OTHER = もう一方の機関（ID または名称）
cli-visit-tie--since = いつからか（分かるとき）
cli-survey = 満足度を調べる
cli-survey-WAVE = 調査の名前（例: 2026-spring）
cli-survey-send = 会員に尋ねる（紹介に至らなかった人にも）
cli-survey-send-MEMBERS = 会員の ID（複数）。省くと、会員企業の全員とコーディネーターの全員
cli-survey-answer = 調査に答える、または紙の回答を記録する
cli-survey-answer--satisfaction = 満足度。1（不満）～5（満足）
cli-survey-answer--recommendation = 推奨度。0 まったく、10 ぜひ
cli-survey-answer--comment = 意見
cli-survey-answer--for = 紙で答えた会員

## matchbot members

cli-members = 会員と担当、機関の希望を登録する
cli-members-MEMBER = 会員の ID
cli-members-ORG = 機関（ID または名称）
cli-members--for = 機関（ID または名称）。既定は、その会員が代表する機関
cli-members-list = 会員を一覧する
cli-members-add = 会員を登録する、または登録を変える
cli-members-add-ROLE = firm 会員企業、coordinator コーディネーター、staff 事務局、evaluator 評価者、administrator 管理者
cli-members-add--for = 代表する機関（複数指定できる）
cli-members-add--cluster = 担当するクラスター（複数指定できる）
cli-members-add--employer = 勤務先の機関
cli-members-add--deputy = 代理の会員
cli-members-add--slack = Slack で連絡できる場合、その利用者 ID
cli-members-add--name = 氏名（消去できます）
cli-members-add--mail = メールアドレス（消去できます）
cli-members-import =
    ファイルの会員を登録する

    列は id、役割、機関、クラスター、勤務先、代理、slack（利用者 ID。会員の ID がそれであれば「はい」）、氏名、メール、不在開始・不在終了（不在の初日と最終日）、不在中の代理（なければ代理）。使えない行は報告します。
cli-members-import-FILE = CSV・XLSX・JSON のファイル
cli-members-confirm = Slack のゲストが、選んだ機関に所属していることを確認する
cli-members-reject = Slack のゲストが、選んだ機関に所属していないと回答する
cli-members-remove = 会員の登録を終える
cli-members-assign = 機関の担当コーディネーターを決める
cli-members-close-to = 会員と機関の近さを記録する（承認に理由が必要になる）
cli-members-close-to-CLOSENESS = employed 勤務先、main-bank 主取引銀行、same-group 同じグループ、other-closeness そのほか
cli-members-group = 機関の企業グループを登録する（GROUP を省くと、どのグループでもない）
cli-members-group-GROUP = グループの ID
cli-members-absent = 不在を登録する（その間は代理が決める）
cli-members-absent--from = 最初の日
cli-members-absent--through = 最後の日
cli-members-absent--delegate = その間に決める会員（既定は代理）
cli-members-pause = 機関への紹介を休止する（すぐに効きます）
cli-members-pause--until = 休止の最後の日（既定は再開するまで）
cli-members-resume = 休止や辞退から戻る
cli-members-renew = 機関の情報が今も正しいことを確かめたと記録する
cli-members-opt-out = 紹介を辞退する（すぐに効きます。resume で戻れます）
cli-members-never-introduce = 紹介しない相手を登録する（相手には伝わらない）。OTHER を省くと一覧
cli-members-never-introduce-OTHER = 機関（ID または名称）、会員、またはグループ
cli-members-never-introduce--kind = OTHER が何か
cli-members-never-introduce--lift = 登録を外す
cli-members-silent = 無回答が続いている機関を一覧する
cli-members-accesses = 名称入りの情報が何度見られたかを表示する

## matchbot ledger

cli-ledger = 台帳（すべての記録）を守り、欠けていないことを確かめる
cli-ledger-FOLDER = バックアップのフォルダー
cli-ledger-create =
    台帳を作る

    本物か見本かは、作るときに決まり、後から変えられません。本物の台帳には見本の機関を入れられません。
cli-ledger-create--sample = 見本の台帳にする（すべての表示に「見本」とつく）
cli-ledger-verify = すべての記録と文章を点検し、最初におかしいものを示す
cli-ledger-verify--head = 保管しておいた末尾（export-head の出力）。その後に切り落とされていないかも分かる
cli-ledger-export-head = 末尾の記録の符号を表示する（別に保管するため）
cli-ledger-rebuild = 集計用のデータを記録から作り直し、同じになるか確かめる
cli-ledger-backup = 使いながらバックアップを作り、点検する
cli-ledger-restore =
    台帳をバックアップの時点に戻す

    その後に消去されたものは、消去されたままです。
cli-ledger-restore--lose-newer = バックアップより新しい記録が失われてもよい
cli-ledger-restore--yes = 確認を求めない

## matchbot privacy

cli-privacy = 個人について保管しているものの開示と消去
cli-privacy-report = 個人について保管しているもの、誰に何をどの同意で提供したかを表示する
cli-privacy-report--person = 会員の ID
cli-privacy-erase =
    個人の氏名・メールアドレス・文章を消去する

    件数と記録は残ります。取り消せません。バックアップから戻しても復活しません。
cli-privacy-erase-MEMBER = 会員の ID
cli-privacy-erase--yes = 確認を求めない

## matchbot jobs, simulate

cli-jobs = 期日の来たことを行う
cli-jobs-run = 催促、期限切れ、代理への引継ぎ、その後の問い合わせ、新着通知、日次のまとめ（2度行っても1度だけ）
cli-jobs-run--at = この時刻として（日本時間、既定は今）
cli-simulate = 空の見本の台帳で、架空のネットワークの何年分かを動かす
cli-simulate--years = 年数
cli-simulate--seed = 乱数の種
cli-simulate--scale = 規模。1.0 が実際の規模

## 返事

ledger-is-sample = 【見本】見本の台帳です。内容はすべて架空のものです。
say-for-whom = { $member } が代表する機関は1つに決まりません。--for で機関を指定してください。
absence-ends-before-it-begins = --through は --from より前にできません。
receipt-repeated = { $id }: この名前（--key）では、すでに行われています。今回は何もしていません。
case-stands = { $id } の状態: { $state }
case-stands-until = { $id } の状態: { $state }（期限 { $expires }）
cases-none = 案件はありません。
needs-none = ニーズはありません。
queue-empty = 対応を待っているものはありません。
outcomes-none = 成果はありません。
members-none = 会員はいません。
silent-none = 無回答が続いている機関はありません。
barred-none = 紹介しない相手は登録されていません。
case-fit = { $name }の理由: { $why }
case-letter = 紹介状: { $letter }
contact = { $id } の連絡先: { $told }
turn = { $act }（{ $who }）
asked-this-quarter = { $id } { $n }件
tie = { $id }（{ $closeness }）
staff = 事務局
no-brief = （記載なし）
did-request = { $id }: 紹介を希望しました。
did-propose = { $id }: 紹介を提案しました。
did-outside = { $id }: 対面・電話での紹介を記録しました。
did-approve = { $id }: 承認しました。
did-return = { $id }: 差し戻しました。
did-resubmit = { $id }: 出し直しました。
did-decline = { $id }: 見送りました。
did-stop = { $id }: 止めました。
did-cancel = { $id }: 取りやめました。
did-withdraw = { $id }: 取り下げました。
did-ask = { $id }: 打診を記録しました。
did-consent = { $id }: 「会ってみる」を記録しました。
did-refuse = { $id }: 「見送る」を記録しました。
did-defer = { $id }: 「検討中」を記録しました。
did-introduce = { $id }: 紹介しました。
did-nda = { $id }: 秘密保持契約について記録しました。
did-attach = { $id }: 書類を添付しました。
document-or-reference = 書類の置き場所か --file のどちらか一方を指定してください。
did-progress = { $id }: 進み具合を記録しました。
did-follow-up = { $id }: 回答を記録しました。
did-reverse = { $id }: 訂正しました。
did-need = { $id }: ニーズを登録しました。
did-need-close = { $id }: ニーズを終えました。
did-rate = { $id }: 評価を記録しました。
did-outcome = { $id }: 成果を記録しました。
did-outcome-claim = { $id }: 報告を加えました。
did-outcome-confirm = { $id }: 確定にしました。
did-outcome-correct = { $id }: 訂正しました。
did-outcome-reverse = { $id }: 数えないことにしました。
did-business = { $id }: 新事業を記録しました。
did-visit = { $id }: 訪問を記録しました。
did-visit-link = { $id }: つながりを記録しました。
did-tie = { $id }: 以前からの知り合いとして記録しました。
did-survey-send = { $wave }: { $n }人に尋ねました（前から尋ねていた人: { $before }人）。
did-survey-answer = { $id }: 回答を記録しました。
did-member = { $id } を登録しました。
did-member-remove = { $id } の登録を終えました。
did-claim-confirm = { $id } の所属を確認しました。今からその機関を代表します。
did-claim-reject = { $id } はゲストのままです。本人に伝えます。
did-assign = { $id }: 担当を決めました。
did-close-to = { $id }: 近さを記録しました。
did-group = { $id }: グループを登録しました。
did-absent = { $id }: 不在を登録しました。
did-pause = { $id } は、今から休止します。
did-resume = { $id } は、紹介に戻りました。
did-renew = { $id }: 情報を確かめたと記録しました。
did-opt-out = { $id } は、今から紹介を辞退します。`matchbot members resume` で戻れます。
did-never-introduce = { $id }: 今から紹介しません。相手には伝わりません。
did-never-introduce-lift = { $id }: 登録を外しました。
did-handover = 引き継ぎました: 案件 { $cases }件、機関 { $organisations }。
did-erase = { $member } について、文章 { $texts }件と連絡先 { $contacts }件を消去しました。
notice-repeated-pair = 同じ組み合わせの案件が最近ありました（`matchbot case show` の「以前の案件」を参照）。
notice-repeated-need = ほぼ同じニーズが1週間以内に登録されています。先のものを1件と数えます。
notice-already-logged = この紹介はすでに記録されています。1件と数えます。
notice-unknown-deputy = 代理の会員はまだ登録されていません。登録するまで、代理は決まりません。
notice-known-outcome = この成果はすでに記録されています。1件と数えます。
outcomes-imported = { $rows }行: 新しい成果 { $recorded }件、記録済み { $claimed }件。
awards-imported = { $rows }行: 新しい採択・認定 { $recorded }件（うち会員のもの { $members }件）、記録済み { $known }件。
absence = { $first }～{ $last }{ $delegate ->
    [none] {""}
   *[other] （代理 { $delegate }）
}
members-imported = { $rows }行: 追加 { $added }名、変更 { $changed }名、変更なし { $unchanged }名。
accesses = { $viewers }名が、のべ { $n }回見ています。
privacy-head = { $member }（{ $role }）。機関の情報が見られた回数 { $accesses }
consent-on-record = { $member }、{ $wording }、{ $on }、{ $means }
confirm-erase = { $member } について保管しているものをすべて消去します。取り消せません。よろしいですか
confirm-restore = 台帳をバックアップ { $folder } の時点に戻します。よろしいですか
ledger-created = 台帳を作りました。
ledger-restored = 台帳を戻しました（記録 { $n }件）。続けて `matchbot ledger rebuild` を実行してください。
ledger-intact = 記録 { $n }件に異常はありません（文章 { $texts }件、消去済み { $erased }件）。末尾: { $head }
ledger-fault = 記録 { $seq } に異常があります: { $reason } { $detail }
ledger-rebuilt = 集計用のデータを記録 { $n }件から作り直し、同じになりました。
ledger-rebuilt-anew = 集計用のデータを記録 { $n }件から作りました。前のものは使えなかったので、比べていません。
ledger-rebuilt-otherwise = 集計用のデータを記録 { $n }件から作り直しました。次のものが前と違います: { $tables }
ledger-backed-up = バックアップを作り、点検しました: 記録 { $n }件。末尾: { $head }
not-a-head = 「{ $head }」は末尾の符号として読めません。`matchbot ledger export-head` の出力を指定してください。
jobs-nothing = 期日の来たものはありませんでした。
simulated = { DATETIME($first, dateStyle: "long") }～{ DATETIME($last, dateStyle: "long") }: 案件 { $cases }件、紹介 { $introductions }件、記録 { $events }件。
stage-rebuild = 集計用のデータを作り直しています
stage-rebuild-missing = 集計用のデータがないため、記録から作っています
stage-rebuild-other-format = 集計用のデータの形式がこの版では違うため、作り直しています
stage-rebuild-other-ledger = 集計用のデータが今の記録に合わないため、作り直しています
stage-simulate = 日々を動かしています

## 文面

letter-question =
    { $organisation }{ $kind ->
        [university] {" "}産学連携窓口
       *[other] {""}
    } 御中

    ネットワークの会員から、貴機関にお会いしたいとの希望がありました。お会いいただけますでしょうか。

    相手: { $partners }
    内容: { $brief }

    { $wording }

    { DATETIME($expires_on, dateStyle: "long") }までに、「会ってみる」「見送る」「検討中（いつまでか）」のいずれかをお知らせください。見送りの場合も理由は必要なく、不利益はありません。お返事がなければ、その日で終了といたします。

    （案件番号: { $id }）
letter-introduction =
    { $organisation } 御中

    双方のご同意をいただきましたので、ご紹介申し上げます。

    相手: { $partners }
    内容: { $brief }

    最初の面談の日程は、直接ご相談ください。2週間後に様子をお伺いします。お手伝いできることがあれば、いつでもお知らせください。

    （案件番号: { $id }）
wording-request-1 = 希望されると、すべての機関が同意したとき、この紹介に限って、貴機関の名称と連絡先を相手に提供することに同意したことになります。それまでは、いつでも取り下げられます。
wording-request-2 = 希望されると、この紹介に限って、貴機関の名称を選ばれた公開範囲のとおりに、連絡先をすべての機関が同意したときに、相手に提供することに同意したことになります。それまでは、いつでも取り下げられます。
wording-consent-1 = 「会ってみる」と回答されると、すべての機関が同意したとき、この紹介に限って、貴機関の名称と連絡先を相手に提供することに同意したことになります。それまでは相手に知らされず、いつでも取り消せます。

## 表の見出しと項目

column-case = 案件
column-state = 状態
column-days-waited = 経過日数
column-expires = 期限
column-turn = 次に動く人
column-parties = 機関
column-concerning = 対象
column-cluster = クラスター
column-answer = 回答
column-seq = 番号
column-recorded = 記録日時
column-actor = 記録者
column-event = できごと
column-texts = 文面
column-need = ニーズ
column-document = 書類
column-readable = 閲覧
column-purpose = 目的
column-act = すること
column-members = 担当
column-organisation = 機関
column-tasks = 待ち
column-cases = 案件
column-oldest = 最も古いもの
column-median-days = 経過日数(中央値)
column-visits = 訪問・連絡(今年度)
column-member = 会員
column-outcome = 成果
column-certainty = 確度
column-evidence = 根拠
column-attribution = 寄与
column-role = 役割
column-acts-for = 担当・代表
column-deputy = 代理
column-absent = 不在
column-person = 氏名
column-about = 誰の
column-given-to = 提供先
column-items = 項目
column-consent = 同意（誰が・文面・日付・手段）
column-refusal = 断られた規則
column-n-times = 回数
column-task = 行ったこと
column-left = 残り
column-limit = 上限
column-frees-on = 次に空く日
column-quota = 対象
column-silence = 扱い
about-purpose = 目的
about-path = 経路
about-need = ニーズ
about-coordinator = 担当
about-opened = 受付
about-expires = 期限
about-turns = 次に動く人
about-introduced = 紹介
about-closed = 終了
about-progress = その後
about-meetings = 面談
about-nda = 秘密保持契約
about-outcomes = 成果
about-need-text = ニーズの内容
about-brief = 希望の文面
about-earlier = 過去の案件
about-repeats = 以前の案件
about-quota = 残りの希望件数
about-asked = 今四半期に希望された件数
about-ties = あなたとの関係
about-visibility = 公開範囲
visibility-named = どの機関の名称も、はじめから相手に伝わります
visibility-chosen = { $name } は、希望により、全員が同意するまで { $code } とだけ伝わります
visibility-masked = { $name } は、全員が同意するまで { $code } とだけ伝わります
mark-requester = 【希望】
mark-attested = 【代行記録】
mark-alerts = 【通知】
mark-closed = 【終了】
mark-slack = 【Slack】
mark-left = 【退任】

## 言葉

act-approve = 承認
act-resubmit = 出し直し
act-ask = 打診
act-answer = 回答
act-introduce = 紹介
path-bot = 企業の希望
path-coordinator = コーディネーター
path-outside = 対面・電話
means-slack = Slack
means-phone = 電話
means-mail = メール
means-visit = 訪問
means-fair = 展示会
answer-not_asked = 打診前
answer-asked = 回答待ち
answer-deferred = 検討中
answer-yes = 会ってみる
answer-no = 見送り
nda-requested = 依頼中
nda-signed = 締結済み
document-open = 読める
document-closed = まだ読めない
progress-no_contact = 連絡なし
progress-meeting = 面談
progress-continuing = 継続協議中
progress-given_up = 見送り
outcome-deal = 成約
outcome-joint_research = 共同研究・ライセンス
outcome-funding = 融資・出資
outcome-new_business = 新事業
outcome-founding = 創業
outcome-second_founding = 第二創業
outcome-university_venture = 大学発ベンチャー
outcome-listing = 上場
certainty-expected = 見込み
certainty-confirmed = 確定
attribution-decisive = 決め手
attribution-contributing = 一助
attribution-unrelated = 無関係
closeness-employed = 勤務先
closeness-main-bank = 主取引銀行
closeness-same-group = 同じグループ
closeness-other-closeness = 近い関係
barred-organisation = 機関
barred-person = 個人
barred-group = グループ
member-role-firm = 会員企業
member-role-coordinator = コーディネーター
member-role-staff = 事務局
member-role-evaluator = 評価者
member-role-administrator = 管理者
text-name = 氏名
text-mail = メールアドレス
text-need = ニーズ
text-brief = 希望の文面
text-reason = 理由
text-said-by = 話した人
text-note = 覚え書き
text-document = 書類
text-letter = 紹介状
text-survey = 調査の意見
silence-listed = 一覧に掲載
silence-paused = 休止
left-quota-week = 7日間の希望
left-quota-open = 進行中の希望
item-organisation = 機関の名称
item-contact-name = 担当者名
item-mail = メールアドレス
item-phone = 電話番号
item-address = 住所
task-expiry = 期限切れ
task-expiry-notice = 期限の予告
task-reminder = 催促
task-escalation = 代理への引継ぎ
task-unanswered = 問い合わせに無回答
task-follow-up = その後の問い合わせ
task-alert = 新着の相手の通知
task-digest = 日次のまとめ
task-silence = 無回答が続いた機関
event-told = { $event }（{ $told }）
event-IntroductionRequested = 紹介の希望
event-IntroductionProposed = 紹介の提案
event-OutsideIntroductionLogged = 対面・電話での紹介の記録
event-IntroductionApproved = 承認
event-IntroductionReturned = 差戻し
event-IntroductionResubmitted = 出し直し
event-IntroductionDeclined = 見送り（コーディネーター）
event-IntroductionStopped = 停止
event-PartyAsked = 打診
event-ConsentGiven = 同意
event-ConsentRefused = 見送り（機関）
event-AnswerDeferred = 検討中
event-IntroductionMade = 紹介
event-IntroductionWithdrawn = 取下げ
event-IntroductionExpired = 期限切れ
event-IntroductionCancelled = 取りやめ
event-IntroductionReversed = 紹介の訂正
event-CaseHandedOver = 引継ぎ
event-NdaRequested = 秘密保持契約の依頼
event-NdaSigned = 秘密保持契約の締結
event-DocumentAttached = 書類の添付
event-DocumentOpened = 書類の閲覧
event-DocumentRefused = 書類の閲覧を断った
event-MeetingReported = 面談の報告
event-MeetingReversed = 面談の訂正
event-ProgressRecorded = 進み具合
event-FollowUpAsked = その後の問い合わせ
event-FollowUpAnswered = 問い合わせへの回答
event-FollowUpUnanswered = 問い合わせに無回答
