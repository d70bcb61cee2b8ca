### 紹介の状態と、紹介に対して行うこと（文の一部になる）。

## 状態

state-none = 未登録
state-requested = 承認待ち
state-returned = 差戻し中
state-approved = 承認済み
state-asked = 相手の返事待ち
state-consented = 双方同意済み
state-introduced = 紹介済み
state-declined = 見送り（コーディネーター）
state-refused = 見送り（相手方）
state-withdrawn = 取下げ
state-expired = 期限切れ
state-cancelled = 中止
state-recorded = 記録済み
state-reversed = 取消済み

## 行うこと

command-save_need = ニーズの登録
command-declare_tie = 以前からの知り合いの記録
command-request = 紹介の申込み
command-propose = 紹介の提案
command-log_outside = 対面・電話による紹介の記録
command-approve = 承認
command-return = 差戻し
command-resubmit = 再提出
command-decline = 見送り
command-stop = 差止め
command-ask = 相手への打診
command-consent = 同意の記録
command-refuse = 見送りの記録
command-defer = 「検討中」の記録
command-record_answer = 回答の記録
command-introduce = 紹介
command-withdraw = 取下げ
command-expire = 期限切れの処理
command-cancel = 中止
command-reverse = 紹介の取消し
command-hand_over = 引継ぎ
command-request_nda = NDAの依頼
command-sign_nda = NDA締結の記録
command-attach = 資料の添付
command-look_into = 資料の閲覧
command-record_meeting = 面談の記録
command-reverse_meeting = 面談の取消し
command-record_progress = 進捗の記録
command-ask_follow_up = その後の問合せ
command-answer_follow_up = その後の回答
command-close_follow_up = 無回答の記録
command-log_visit = 訪問の記録
command-record_outcome = 成果の記録
command-claim_outcome = 成果の申告
command-confirm_outcome = 成果の確定
command-correct_outcome = 成果の訂正
command-reverse_outcome = 成果の取消し
command-answer_survey = アンケートの回答
