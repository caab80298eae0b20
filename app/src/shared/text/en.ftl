# Everything the screens and mails say, in English. Same keys and variables as pt-BR.ftl: a test compares them.
# Plain words, what happens and when; no jargon, no blame.

## The frame of every page

frame-home = My purchases
draft-here = What you wrote is back in the form. Check it and send it.
draft-sign-in = Your session ended. What you wrote is kept in this browser: sign in to continue.
draft-kept = What you wrote is kept.
draft-continue = Continue where you left off
gateway-title = Opening the payment page
gateway-text = You are being taken to the secure page of the payment system. If it does not open by itself, use the button.
gateway-continue = Go to the payment page
frame-skip = Skip to content
frame-navigation = Navigation
frame-language = Language
frame-account = My account
frame-sign-out = Sign out
frame-signed-in = You are signed in as { $email }.
frame-footer = Aftersale: your orders, access and refunds in one place.
frame-time-zone = Dates and times in { $zone }.
zone-brasilia = Brasília time
zone-other = the time zone { $zone }

## Words that several screens share

and-more = { $count ->
    [one] and { $count } more item
   *[other] and { $count } more items
}
copied = Copied
back-to-order = Back to the order
back-to-home = Back to my purchases
summary-title = Please check before you go on
contact-producer = Write to { $producer }

## Sign-in

sign-in-title = Sign in
sign-in-lead = See your orders and your access, and ask for refunds. No password: we send a link to your e-mail.
sign-in-email = Type the e-mail you used for the purchase
sign-in-email-help = It is the address where you got the confirmation of the purchase.
sign-in-send = Send sign-in link
sign-in-have-code = I already have a code
sign-in-email-empty = Type your e-mail.
sign-in-email-invalid = This address does not look complete. Check that it has an @ and what comes after it, as in name@example.com.
sign-in-next = To go on, sign in with the e-mail of the purchase. Then you are back where you were.

sent-title = Check your e-mail
sent-lead = If { $email } has purchases here, the sign-in link arrives in a moment. It is valid until { $hour }.
sent-lead-later = If { $email } has purchases here, the sign-in link is sent after { $at }: another e-mail went there shortly before. It is valid until { $hour }.
sent-open = Open the e-mail on this device and press the button, or type the code from it below.
sent-ended = The time of the link sent to { $email } is over. Ask for a new one below.
sent-code = Code of 8 letters and digits
sent-code-help = Like ABCD-2345. Capitals or not, both work.
sent-code-send = Sign in with the code
sent-help-title = Nothing arrived?
sent-help-wait = It can take up to two minutes.
sent-help-spam = Check the spam and promotions folders. The sender is { $sender }.
sent-help-address = Check that this is the e-mail of the purchase.
sent-other-address = Use another e-mail
sent-resend = Send again
sent-resend-waiting = Send again in {"{seconds}"} s

code-title = Sign in with a code
code-lead = The code is in the e-mail with the sign-in link. It works in any browser.
code-email = E-mail at which the code arrived
code-empty = Type the code from the e-mail.
code-wrong = This code is not right. { $tries ->
    [one] You have { $tries } try left.
   *[other] You have { $tries } tries left.
}
code-ended = This code is no longer valid: its time is over, or there were too many tries. Ask for a new link: it brings another code.
code-ask-new = Ask for a new link

link-title = Sign in to My purchases
link-as = Sign in as { $email }
link-until = This link is valid until { $hour } and works once.
link-continue = Continue
link-not-you = If this is not your e-mail, close this page. Nothing happens.
link-expired-title = This link is no longer valid
link-expired = For your safety a sign-in link is valid for a short time only. Ask for a new one: it leads to the same place.
link-used-title = This link was already used
link-used = For your safety each sign-in link works once. Ask for a new one: it leads to the same place.
link-resend = Send a new link
link-invalid-title = This link is not complete
link-invalid = Some mail programs cut long addresses. Copy the whole address from the e-mail, or ask for a new link.
link-to-sign-in = Go to sign-in

order-link-title = See your order
order-link-lead = To protect your data we send a sign-in link to the e-mail of the purchase.
order-link-product = Product
order-link-producer = Sold by
order-link-email = E-mail of the purchase
order-link-send = Send link to { $email }
order-link-not-yours = This address is not yours? Ask the seller.

## Home

home-title = My purchases
home-using = Purchases made with { $email }
home-find = Search and filter
home-search = Search
home-search-help = Product or order code
home-status = Status
home-status-any = All
home-filter = Filter
home-clear = Clear filter
home-subscriptions = Subscriptions
home-purchases = Purchases
home-empty-title = We found no purchases for this e-mail
home-empty = You are signed in as { $email }. People sometimes buy with another address: look for the confirmation of the purchase in your inbox and see which e-mail it was sent to.
home-empty-other = Sign in with another e-mail
home-nothing-title = Nothing matches this filter
home-nothing = No order matches the search. Try another word or clear the filter.
home-next = Show more orders
home-manage = Manage
home-manage-of = Manage { $plan }
home-open = Open content
home-open-of = Open content of { $title }
home-bought = Bought on { $date }
home-refundable = Refund until { $deadline }
home-next-charge = Next charge on { $date }: { $price }
home-next-charge-card = Next charge on { $date }: { $price } on { $card }
home-overdue = Charge of { $price } overdue since { $date }
home-access-until = Access until { $date }. There will be no further charges.

alert-title = Needs your attention
alert-past-due = The charge for { $title } did not go through. See what to do.
alert-installment-late = An instalment of { $title } was not paid.
alert-refund-failed = The refund of { $title } came back from the bank. The seller has been told.
alert-payment-pending = { $title } has not been paid yet.
alert-to-pay = Still to be paid: { $amount } for { $title } ({ $method }).
alert-access-ends = Your access to { $title } ends { $deadline }.

## Order

order-title = Order { $code }
order-code = Order code
order-copy-code = Copy code
order-open = Open content
order-open-of = Open content of { $item }
order-pay-boleto = Open the boleto
order-pay-pix = Pay with Pix
order-pay = Pay now
order-track = Follow the refund
order-bought-at = Bought on { $date }

access-title = Access
access-confirmed-today = Access confirmed at { $hour }
access-confirmed = Access confirmed on { $moment }
access-until = until { $date }
access-sending = Opening your access. It usually takes less than a minute.
access-delayed = Your access is taking longer. We keep trying, last at { $hour }. You do not need to do anything.
access-none = No access
access-after-payment = Access opens after payment.
access-not-managed = { $producer } gives you access.
access-ending = Your access is being closed.
access-removed = Access ended on { $moment }

payment-title = Payment
payment-method = Method
payment-card-only = Card
payment-card = { $brand } ending in { $last4 }
payment-card-expiry = expires { $expiry }
payment-boleto = Boleto
payment-pix = Pix
payment-other = Another method
payment-paid-at = Paid on
payment-free = This order was free of charge.
payment-not-yet = Not paid yet
payment-trial = Nothing yet: you are in the trial
payment-charges = Charges
payment-charge-date = Date
payment-charge-amount = Amount
payment-charge-status = Status
payment-installments = in { $count } card instalments
payment-due = Pay by { $date }
payment-code = Code to pay with
payment-code-copy = Copy payment code
payment-at = Pay at { $host }
payment-ask = { $producer } takes this payment. To pay, write to them and mention the code { $code }.

items-title = Items
items-item = Item
items-amount = Amount
items-bump = added at purchase
items-total = Total
items-refunded = Refunded or on its way

subscription-title = Subscription
subscription-plan = Plan
subscription-price = Price
subscription-every = { $price } { $unit ->
    [day] { $count ->
        [one] a day
       *[other] every { $count } days
    }
    [week] { $count ->
        [one] a week
       *[other] every { $count } weeks
    }
    [year] { $count ->
        [one] a year
       *[other] every { $count } years
    }
   *[month] { $count ->
        [one] a month
       *[other] every { $count } months
    }
}
subscription-next = Next charge
subscription-overdue = Overdue since
subscription-past-due = The last charge did not go through. Change the card or pay in another way to keep your access.
installment-late = Instalment overdue
payment-pay-open = Pay amount due
payment-receipt-of = Receipt of { $date }
payment-period = { $from } to { $until }
subscription-period-start = Paid period began
subscription-settle = Pay amount due
subscription-no-next = There will be no further charges
subscription-period-end = Paid until
subscription-trial-start = Trial since
subscription-trial-end = Trial until
subscription-canceled = Cancelled on

refund-title = Refund
refund-open = You can change your mind and get { $amount } back until { $deadline }. You do not need to give a reason.
refund-ask = Ask for a refund
refund-closed = The time to ask for a refund ended { $deadline }.
refund-closed-help = { $producer } can still approve a refund after the deadline.
refund-ask-late = Ask the seller
refund-charge-untold = A refund cannot be made here yet: the seller's payment system has told us that this was paid, but not by which charge. As soon as it does, the button is here. Until then write to the seller.
refund-free = Free of charge: there is nothing to pay back.
refund-not-paid = This order was not paid. There is nothing to pay back.
refund-nothing-left = All of this order has been paid back or is on its way.
refund-under-way = A refund is under way. When it is done you can ask for another one, if there is still time.
refund-disputed = You disputed this purchase with the bank. The bank decides now and tells you. That is why the refund here is on hold.
refund-past = Refunds of this order

timeline-title = History
timeline-ordered = Order placed
timeline-free = Order confirmed, free of charge
timeline-paid = Payment confirmed
timeline-access-sent = Access sent to the member area
timeline-access-confirmed = Access granted
timeline-access-removed = Access ended
timeline-refund-requested = Refund asked for: reference { $protocol }
timeline-refund-sent = Refund sent to the bank: reference { $protocol }
timeline-refund-settled = Money paid back: reference { $protocol }
timeline-refund-failed = The bank did not complete the refund: reference { $protocol }
timeline-subscription-canceled = Subscription cancelled
timeline-subscription-undo = Cancellation undone
timeline-plan-change = Plan changed
timeline-plan-goes-back = The payment for another plan came too late: the money comes back to you
timeline-plan-returned = Money for another plan paid back
timeline-plan-not-returned = The bank did not complete the return: the seller was told
timeline-plan-schedule = Plan change scheduled
timeline-billing-paid = Charge paid
timeline-billing-failed = A charge did not go through
timeline-document-billing = Details for documents corrected
timeline-mail = E-mail sent
timeline-mail-purchase = Purchase e-mail sent
timeline-mail-refund-requested = E-mail sent: refund request received
timeline-mail-refund-asked = E-mail sent: refund request received
timeline-mail-refund-sent = E-mail sent: refund on its way
timeline-mail-refund-payee-needed = E-mail sent: your bank details are needed for the refund
timeline-mail-plan-paid-back = E-mail sent: money for another plan comes back
timeline-refund-payee = Bank details given for the refund
timeline-mail-refund-settled = E-mail sent: refund completed
timeline-mail-refund-failed = E-mail sent: problem with the refund
timeline-mail-access-expiring = E-mail sent: access ends soon
timeline-mail-access-expired = E-mail sent: access has ended
timeline-refund-declined = Refund declined by the seller: reference { $protocol }
timeline-refund-withdrawn = Refund request withdrawn: reference { $protocol }
timeline-subscription-stay = You stayed with what was offered instead of cancelling
timeline-subscription-end = Subscription ended
timeline-card-change = Card changed
timeline-payment-change = Payment method changed
timeline-plan-ask = Plan change asked for
timeline-plan-declined = Plan change not paid: the plan stays as it was
timeline-plan-undo = Plan change undone
timeline-billing-wait = Boleto or Pix issued
timeline-billing-void = An open charge is not owed any more
timeline-billing-resume = Pause ended: the subscription goes on
timeline-billing-paid-in-vain = A payment arrived that was not owed any more
timeline-billing-paid-twice = A payment arrived for what was paid already
timeline-mail-refund-approved = E-mail sent: refund approved by the seller
timeline-mail-refund-declined = E-mail sent: refund declined by the seller
timeline-mail-refund-withdrawn = E-mail sent: refund request withdrawn
timeline-mail-plan-changed = E-mail sent: plan changed
timeline-mail-plan-scheduled = E-mail sent: plan change scheduled
timeline-mail-plan-undone = E-mail sent: plan change undone
timeline-mail-card-changed = E-mail sent: card changed
timeline-mail-card-expiring = E-mail sent: card expires soon
timeline-mail-method-changed = E-mail sent: payment method changed
timeline-mail-charge-failed = E-mail sent: a charge did not go through
timeline-mail-charge-recovered = E-mail sent: the charge was paid
timeline-mail-renewal-ahead = E-mail sent: the next charge
timeline-mail-slip-issued = E-mail sent: boleto or Pix to pay
timeline-mail-canceled = E-mail sent: subscription cancelled
timeline-mail-cancel-undone = E-mail sent: cancellation undone
timeline-mail-subscription-ended = E-mail sent: subscription ended

help-title = Help
help-text = Questions about the content or this order? Write to { $producer } and mention the code { $code }.

## Account

account-title = My account
account-profile = Your details
account-name = Name
account-phone = Phone
account-tax-id = CPF or CNPJ
account-none = not given
account-change = Change details
account-email = E-mail
account-email-change = Change e-mail
account-language-help = For pages on any device, and for e-mails.
back-to-account = Back to my account

profile-title = Change details
profile-save = Save
profile-name-wrong = Write a name of up to 200 letters.
profile-phone-help = With area code. May stay empty.
profile-phone-wrong = Write the phone with its area code, in digits only, like (11) 99999-0001.
profile-tax-id-help = May stay empty. Pages show only a part of it.
profile-tax-id-kept = We have { $masked }. Leave empty to keep it.
profile-tax-id-forget = Remove the CPF or CNPJ we have
profile-tax-id-wrong = This CPF or CNPJ is not right. See whether a digit is missing or too many.

email-title = Change e-mail
email-lead = You use { $email } now. We send a link to the new address. Once confirmed, your orders and access move to it.
email-new = New e-mail
email-help = We also tell the address you use now.
email-send = Send confirmation link
email-same = This is the e-mail you use already. Type another one.
email-waiting = We sent a link to { $email }. Open it by { $until } to confirm.
email-see = See the change of e-mail
email-withdraw = Take the change back
email-confirm-title = Confirm new e-mail
email-confirm-lead = Use { $to } instead of { $from }?
email-confirm-effect = Orders and access move to the new address. If it has purchases here already, all are kept together. Whoever is signed in has to sign in again.
email-confirm = Confirm change
email-confirm-not-you = If you did not ask for this, close this page. Nothing happens.
email-changed-title = E-mail changed
email-changed = Your orders are at the new address. Sign in with it to go on.
email-ended-title = This link has ended
email-ended = It was used, replaced by a newer one, or its time is over. Sign in to your account to see which e-mail is in use and, if need be, ask for the change again.
email-invalid = Copy the whole address from the e-mail, or ask for the change again in your account.

sessions-title = Signed-in devices
sessions-help = Browsers in which your account is open now. End any that you do not know.
sessions-line = Network { $address } · signed in { $since } · last seen { $seen }
sessions-this = This device
sessions-unknown = Unknown browser
sessions-end = End
sessions-end-of = End { $browser } on network { $address }
sessions-end-all = Sign out everywhere

papers-title = Receipts by year
papers-help = All receipts and credit notes of a year, as PDF, in one file.
papers-year = Download { $year } (ZIP)

data-title = My data
data-help = You may take a copy of everything we know about you, or ask for it to be erased.
data-download = Download my data (JSON)
data-erase = Erase my data

erasure-title = Erase my data
erasure-lead = This request is about everything tied to { $email }.
erasure-goes = What we erase
erasure-goes-name = Name, e-mail, phone and CPF or CNPJ of your account. You can no longer sign in.
erasure-goes-access = Access to what you bought ends, and the member area is told.
erasure-goes-traces = Signed-in devices, links, network addresses, cards and what you wrote to sellers.
erasure-kept = What the law has us keep
erasure-kept-sales = The record of your purchases (what was sold, amount, date, name and CPF or CNPJ of the purchase) is kept until { $day }: 5 years after the last sale, as tax law demands.
erasure-days = We erase 7 days after the request. Until then you can take it back. A new purchase with this e-mail takes it back too.
erasure-ask = Ask to erase my data
erasure-asked-at = Asked for
erasure-waiting-title = Request on file
erasure-waiting = We will erase your data after { $due }. Until then you can take it back.
erasure-undo = Do not erase my data
erasure-open = This has to be settled first
erasure-open-refund = A refund of order { $code } is under way.
erasure-open-subscription = The subscription of order { $code } has not ended.
erasure-open-payment = A payment of order { $code } is open.
erasure-open-installments = Instalments of order { $code } are not all paid. Your data is needed to charge them; ask again when the last one is paid.
erasure-open-dispute = Order { $code } is disputed at the bank.

## Documents

documents-title = Documents
documents-receipt = Receipt for { $amount }, paid { $date }
documents-credit = Credit note for { $amount }, of { $date }
documents-terms = Order terms at purchase
document-receipt = Payment receipt
document-receipt-note = This receipt confirms the payment below. It is not a fiscal invoice: where one is due, the seller issues it.
document-credit = Credit note
document-credit-note = This document confirms that the amount below was paid back. It is not a fiscal invoice.
document-credit-note-sent = This document confirms that the amount below was sent to the bank to be paid back. It is not a fiscal invoice.
document-producer = Sold by
document-buyer = Buyer
document-email = E-mail
document-ordered-at = Date of the order
document-paid-at = Paid
document-sent-at = Sent to the bank
document-reference = Reference of the charge
document-paid = Amount paid
document-returned = Amount paid back
document-made = Issued by Aftersale on { $moment }. Dates and times in { $zone }.
document-pdf = Download PDF
document-print = To print, use your browser's print command: only the document goes on paper.
terms-title = What was sold
terms-lead = Product, offer, price and time for a refund as they were at the purchase. What was changed since then is in the history of the order.
terms-installments = Paid in
terms-installments-count = { $count } monthly parts
terms-window = Refund on request
terms-window-days = { $count ->
    [one] within { $count } day of the payment or, if later, of the first access
   *[other] within { $count } days of the payment or, if later, of the first access
}
terms-window-of = { $count ->
    [one] refund on request within { $count } day
   *[other] refund on request within { $count } days
}
billing-title = Details for documents
billing-change = Correct name, CPF or address
billing-lead = What you write here appears on the receipts of this order from now on.
billing-name = Name or company
billing-address = Address
billing-address-help = In one line. May stay empty.
billing-address-wrong = Write the address in one line of up to 200 letters.
## Subscription

subscription-actions = What you can do
subscription-manage = Manage subscription
subscription-order = View order { $code }
subscription-card = Change card
subscription-method = Change how you pay
subscription-plan-change = Change plan
subscription-cancel = Cancel renewal
subscription-next-amount = { $date }: { $amount }
subscription-next-discount = { $date }: { $amount }, with { $percent }% off
subscription-next-after-overdue = Once the overdue amount is settled
subscription-overdue-since = { $amount } overdue since { $date }
subscription-overdue-amount = { $amount } overdue
subscription-overdue-tries =
    { $count ->
        [one] We will try again on { $dates }.
       *[other] We will try again on these days: { $dates }.
    }
subscription-overdue-access = Without payment your access lasts until { $date }.

refusal-installments = The instalments are the price of what you bought, divided: that is why the ones that are left cannot be cancelled alone. Within the time limit you can give everything back and get your money.
refusal-ending = The renewal is cancelled already. Your access lasts until { $date }.
refusal-ended = This subscription has ended.
refusal-producer = The seller does not offer this change here. If you need it, write to them.
refusal-gateway = The seller's payment company does not allow this change here. If you need it, write to the seller.

installments-title = Instalments
installment-title = Instalment
installment-number = { $number } of { $count }
installment-summary = { $paid } of { $count } instalments paid. { $left } left to pay.
installment-ahead = Upcoming
installment-open = Open
installment-overdue = Overdue
installment-void = Will not be charged

## Cancelling a subscription

cancel-title = Cancel renewal
cancel-access-until = Your access continues until
cancel-access-ends = Your access ends
cancel-access-ended = Your access ended
cancel-now = As soon as you confirm
cancel-why = Why
cancel-why-overdue = A charge is overdue, and its access has not been paid.
cancel-why-producer = This subscription ends at once when it is cancelled.
cancel-why-unpaid = No period is paid beyond today.
cancel-charges = Charges
cancel-no-charges = There will be no further charges.
cancel-overdue = Overdue
cancel-owed = { $amount }: we will not try to charge it any more.
cancel-regret = If you change your mind
cancel-undo-until = You can undo this until { $date }.
cancel-go-on = Continue with cancellation
cancel-keep = Keep subscription
cancel-back = Back to the subscription
cancel-refund-title = Would you rather have your money back?
cancel-refund = You are within the time limit: you can give it back now and get { $amount }, until { $deadline }. Your access then ends at once.
cancel-refund-ask = Give it back and get { $amount }
cancel-reason-title = Would you tell us why?
cancel-reason-lead = You do not have to. You can cancel without an answer.
cancel-reason-legend = Reason
cancel-comment-open = Write something
cancel-comment = What you want to tell the seller
cancel-message-empty = Write your message before sending it.
cancel-sum = Your access continues until { $date } and there will be no further charges.
cancel-sum-now = Your access ends at once and there will be no further charges.
cancel-confirm = Cancel renewal
cancel-confirm-no = No, cancel renewal
cancel-done-title = Renewal cancelled
cancel-ended-title = Subscription ended
cancel-undone-title = Cancellation undone
cancel-undone-lead = Your subscription goes on as before.
cancel-receipt-lead = We also sent a receipt to { $email }.
cancel-asked = Asked on
cancel-until = Renewal cancelled: access until { $date }
cancel-ended = Subscription ended { $date }
cancel-number = Reference number { $protocol }
cancel-undo = Undo cancellation
cancel-refused-title = That was not possible
cancel-other-request = This form was already used for another subscription. Open the cancel page again to go on.
cancel-offer-gone = This offer is no longer available. Nothing has changed in your subscription.
cancel-undo-late = The subscription has ended, and the cancellation can no longer be undone. To come back, buy again or write to the seller.
cancel-undo-ended = The seller's payment company has ended the charges already. To come back, write to the seller.

reason-too-expensive = It is too expensive for me
reason-no-time = I do not have the time
reason-not-as-expected = It is not what I expected
reason-not-using = I do not use it
reason-technical-problem = I had a technical problem
reason-other = Another reason

offer-discount = How about { $percent }% off? { $count ->
    [one] The next charge is { $price }; after that the usual price applies.
   *[other] The next { $count } charges are { $price }; after that the usual price applies.
}
offer-discount-take = Take { $percent }% off
offer-pause = How about a pause? You neither pay nor have access from { $from } to { $until }. After that the subscription goes on by itself.
offer-pause-take = Pause until { $until }
offer-plan = There is a cheaper plan: { $plan }, { $price }.
offer-plan-take = See the plan { $plan }
offer-message = Would you rather talk first? Write to { $producer } below. The answer comes by e-mail, and your subscription stays as it is.
offer-message-take = Send message to { $producer }

stay-discount = { $count ->
    [one] You took { $percent }% off the next charge.
   *[other] You took { $percent }% off { $count } charges.
}
stay-pause = Pause from { $from } to { $until }: no charge and no access in that time.
stay-message = Your message was sent on { $moment }. The answer comes by e-mail.

## Refund

choose-title = Ask for a refund
choose-lead = Choose what you want to give back. The next screen shows the amount before you confirm.
choose-items = Items of the order
choose-none = Choose at least one item.
choose-gone = { $name } has been paid back or is on its way
choose-closed = { $name } (time limit over)
choose-next = See the amount

preview-title = Check before you ask
preview-amount = You get back
preview-items = Items
preview-method = How it comes back
preview-method-card = to the card used for the purchase
preview-method-this-card = to the { $card }, the card used for the purchase
preview-method-pix = by Pix, to the account that paid
preview-method-boleto = by bank transfer, to the account you name
preview-method-part = { $amount }: { $way } (paid on { $date })
preview-method-other = in the way you paid
preview-when = When
preview-days = The transfer usually takes { $least } to { $most } days.
preview-days-card = The bank usually takes { $least } to { $most } days: the amount shows on the next statement or the one after.
preview-days-pix = { $most ->
    [0] On the same day.
    [one] Within { $most } working day.
   *[other] Within { $most } working days.
}
preview-access = Access
preview-access-lost = Ends as soon as you ask: { $items }.
preview-access-kept = Stays, because another purchase of yours gives it too: { $items }.
preview-subscription = Subscription
preview-cancels = The subscription is cancelled and there will be no further charges.
preview-installments = Instalments
preview-stops-installments = The instalments still to come are not charged.
preview-until = Time limit
preview-until-text = You can ask until { $deadline }. You do not need to give a reason.
preview-confirm = Ask for a refund of { $amount }
preview-keep = Keep the purchase

payee-title = Account to pay to
payee-lead = You paid by boleto, so the bank needs to know where to send the money. We keep this secret and delete it once the money has arrived.
payee-holder = Name of the holder
payee-tax-id = CPF or CNPJ of the holder
payee-pix-key = Pix key
payee-pix-key-help = CPF, CNPJ, e-mail, phone with +55 or random key.
payee-bank-open = No Pix key: give a bank account
payee-bank = Bank code
payee-bank-help = Three digits, such as 341.
payee-branch = Branch
payee-branch-help = Without its digit.
payee-account = Account
payee-digit = Digit of the account
payee-save = Send account details
payee-both = Fill in the Pix key or the bank details, not both.
payee-neither = Fill in the Pix key or the bank details.
payee-holder-wrong = Write the name of the account's holder, up to 200 characters.
payee-tax-id-wrong = Check the CPF or CNPJ of the holder.
payee-pix-key-wrong = Check the Pix key. A phone number begins with +55.
payee-bank-wrong = The bank code has three digits.
payee-branch-wrong = The branch has one to five digits, without its check digit.
payee-account-wrong = The account has one to thirteen digits, without its check digit.
payee-digit-wrong = The digit of the account is a number or X.

ask-title = Ask for a refund after the deadline
ask-closed = The time to ask for a refund of { $items } is over.
ask-lead = { $producer } can still approve it: write what happened.
ask-message = Message to { $producer }
ask-message-help = Up to 2,000 characters. { $producer } reads it by e-mail and answers here.
ask-message-empty = Write a message.
ask-message-long = The message has more than 2,000 characters. Please shorten it.
ask-send = Send the request to { $producer }

receipt-request-title = Request sent to the seller
receipt-withdraw = Withdraw the request
receipt-title = Refund requested
receipt-sent-title = Refund sent to your bank
receipt-settled-title = Refund complete
receipt-failed-title = The bank did not complete the refund
receipt-declined-title = { $producer } did not approve the refund
receipt-withdrawn-title = Refund request withdrawn
receipt-lead = We have your request. We also sent a receipt to { $email }.
receipt-protocol = Reference number
receipt-amount = Amount
receipt-back = Refunded or on its way
receipt-copy = Copy reference number
receipt-steps = Progress

step-requested = Request received
step-requested-text = Your request was accepted.
step-asked-text = Your message was sent.
step-asked = Answer from { $producer }
step-asked-wait = { $producer } answers by { $deadline }. We send the answer to your e-mail.
step-asked-late = { $producer } was to answer by { $deadline } and has not. Your request stays open. Write to { $producer } as well, and name the number of this request.
step-answer-reason = Answer from the seller
step-sent = Transfer to your bank
step-sent-next = The next step is to send it to the bank. It usually takes a few minutes.
step-sent-asking = We are sending it to the bank now.
step-sent-waiting = The bank did not answer clearly. We check before trying again, so that nothing is paid back twice.
step-sent-payee = We are waiting for your account details. As soon as you send them, we go on.
step-sent-by-hand = { $producer } was asked to pay it back and does so themselves.
step-failed-part-text = { $back } went back to you or is on its way. { $failed } came back from the bank and did not reach you. { $producer } has been told, and you can ask again for what is left.
step-settled = Refund
step-settled-next = Once it is sent, the bank usually takes some days until the money shows.
step-settled-done = The money has been paid back.
step-failed = The bank did not complete it
step-failed-text = The money came back from the bank and did not reach you. The seller has been told and needs to solve it. If you like, write to them with the reference number.
step-declined = Not approved
step-declined-text = The seller did not approve this request. If you have questions, write to them with the reference number.
step-withdrawn = Withdrawn
step-withdrawn-text = You withdrew this request.

answer-title = Refund request after the deadline
answer-buyer = Buyer
answer-order = Order
answer-by = Answer by
answer-message = Message from the buyer
answer-approve = Approve and pay back { $amount }
answer-approve-help = The money goes back to the buyer and access ends. This cannot be undone.
answer-reason = Reason for declining
answer-reason-help = Optional. The buyer reads this text.
answer-reason-invalid = Write one line of up to 200 characters.
answer-decline = Do not approve
answer-nothing-left = Nothing is left to pay back: it went back to the buyer already or is not in this payment any more. Nothing was sent.
answer-disputed = The buyer disputed this purchase with the bank. The bank decides now, so nothing was sent.

refused-title = The refund was not requested
refused-other-request = This form was already used for another request. Open the refund page again to go on.
refused-unknown-item = One of the chosen items cannot be paid back. Choose again.
refused-again = Choose again

## Plan change

change-title = Change plan
change-current = Your plan today: { $plan }, { $price }.
change-choose = Choose the new plan
change-choose-none = Choose one of the plans in the list.
change-see = See the amounts
change-counting = Working out the amounts…
change-tag-now = today
change-tag-at = on { $date }
change-unavailable = Not available now
change-unknown = The seller has not opened this plan yet.
change-other-currency = The price of this plan is in another currency.
change-not-a-plan = It is bought once; it is no subscription.
change-closed = The seller does not let people change to this plan here.
change-scheduled-title = Change scheduled
change-scheduled-words = From { $date }, your plan is { $plan }, for { $price }.
change-undo = Undo the change

change-refused-kind = This order is no subscription, so there is no plan to change.
change-refused-ended = This subscription is over. To come back, talk to { $producer }.
change-refused-ending = This subscription was cancelled and ends on { $date }. To change plan, first undo the cancellation.
change-refused-past-due = A charge is overdue. Settle the payment, then change plan.
change-refused-paused = This subscription is paused, or will be when what is paid ends. You can change plan when it goes on.
change-refused-not-paid = The first payment is not confirmed yet. After it you can change plan.
change-refused-disputed = A charge is disputed at the bank. Until the bank decides, the plan stays as it is.
change-refused-refund = There is a refund of this order. While there is one, the plan stays as it is.
change-refused-renewing = The renewal is being charged right now. Come back in a few minutes.
change-refused-under-way = A plan change is already under way.
change-refused-producer = { $producer } changes the plan of this subscription. Write and say which plan you want.
change-refused-none = There are no other plans for this subscription. If you look for one, talk to { $producer }.
change-follow = Follow the change

change-quote-title = Check before you change
change-quote-over = These amounts no longer hold. See the current amounts before you change.
change-quote-gone = Those amounts no longer hold, and nothing was charged. Choose the plan again to see the ones of now.
change-quote-fresh = The amounts of before no longer held, and nothing was charged. These are the ones of now.
change-due = To pay now
change-line = What is counted
change-lines = How we get to the amount
change-credit = Unused credit of { $plan }
change-until = { $plan } until { $date }
change-days = { $days ->
    [one] Credit that becomes { $days } more day of the plan
   *[other] Credit that becomes { $days } more days of the plan
}
change-begins-now = { $plan } begins as soon as you confirm.
change-begins-trial = { $plan } begins as soon as you confirm. You are in your trial: nothing is charged now, and the trial ends on the same day.
change-begins-at = { $plan } begins on { $date }. Until then you keep { $old }, and you can undo the change.
change-then = After that: { $price }, from { $date }.
change-ends-discount = Your { $percent }% discount belongs to { $old } and ends with the change.
change-replaces = This change takes the place of the one that was scheduled, to { $plan }.
change-installments = In how many instalments
change-installments-help = The instalments end before the next renewal.
change-at-once = all at once, { $amount }
change-in-installments = { $count } x { $amount }
change-consent = I authorise the charge of { $amount } now: { $method }.
change-consent-missing = To change now, tick that you authorise the charge.
change-expires = These amounts hold until { $hour }.
change-pay = Pay { $amount } and change
change-now = Change now
change-at = Change on { $date }
change-keep = Keep current plan
change-other = Choose another plan
change-renew = See current amounts

change-done-title = Plan changed
change-done-paid = Your plan is now { $plan }. We charged { $amount }: { $method }. We have also sent an e-mail with this.
change-done = Your plan is now { $plan }, for { $price }. Nothing was charged for the change. We have also sent an e-mail with this.
change-scheduled = From { $date }, your plan is { $plan }, for { $price }. Until then nothing changes, and you can undo it. We have also sent an e-mail with this.
change-charging-title = Processing your payment
change-charging = We are processing your payment of { $amount }: { $method }. It usually takes a few seconds. The plan changes only after the payment, and nothing is charged twice.
change-look-again = Refresh
change-to-pay-title = Pay to change the plan
change-to-pay = The plan changes as soon as { $amount } is paid. Until then everything stays as it is, and you can come back to this page.
change-asking-title = Checking the payment
change-asking = We are checking your payment of { $amount } with the bank. It usually takes a few seconds, and nothing is charged twice. This page refreshes by itself.
change-asking-bank = Did you not confirm? Back to the bank's page
change-waiting-title = Your confirmation is missing
change-waiting = To charge { $amount }, the bank needs you to confirm on its page. The plan changes only after the payment.
change-go-to-bank = Confirm the payment
change-declined-title = The plan was not changed
change-declined = Nothing was charged. You keep { $old }.
change-declined-generic = The bank did not authorise the charge and gave no reason.
change-declined-funds = The bank did not authorise the charge: there is not enough money or limit.
change-declined-expired-card = The card has expired.
change-declined-incorrect = The card details are not right.
change-declined-blocked = The bank has blocked this card. Talk to the bank or use another one.
change-declined-processing = The bank could not be reached. Try again in a while.
change-declined-authentication = The payment was not confirmed at the bank.
change-declined-late = The time to pay is over.
change-swap-card = Use another card
change-again = See the plans
change-undone-title = Change undone
change-undone = You keep { $old }. Nothing was charged. We have also sent an e-mail with this.
change-replaced-title = This change no longer holds
change-replaced = You scheduled another change after this one.
change-returning-title = The money comes back to you
change-returning = The payment came when this change could not be made any more. We are paying { $amount } back: { $method }.
change-not-returned-title = The bank did not pay the money back
change-not-returned = The payment came when this change could not be made any more, and the bank did not complete the return of { $amount }. The seller has been told and pays it back in another way. Questions: { $contact }.
change-returned = The payment came when this change could not be made any more. We paid { $amount } back: { $method }.
## Card and ways to pay

payment-change = Change card or way to pay
card-title = Card and payment
card-plan = { $title }, from { $producer }
card-owed = Amount due
card-owed-since = The charge is from { $date }.
card-owed-access = Your access goes on until { $deadline }. Pay before then to keep it.
card-on-file = In use now
card-expiry = Expiry
card-swap = Change card
card-enter = Use a card
card-swap-help = You type the card on the secure page of the payment company and come back here. We do not see the number.
card-swap-owed = As soon as the card is saved we charge { $amount } on it and show you the result.
card-tried-paid = Nothing is due any more.
card-tried-declined = It was tried once more, and did not go through.
card-tried-asking = We are checking the payment with the bank. It usually takes a few seconds, and nothing is charged twice. This page refreshes by itself.
card-tried-unknown = The payment system has not answered clearly yet. We go on asking, and nothing is charged twice.
card-pay-again = Try this card again: { $amount }
card-pay-boleto = Get a boleto for { $amount }
card-pay-pix = Get a Pix for { $amount }
card-open-boleto = Boleto to pay
card-open-pix = Pix to pay
card-open-until = Pay by { $deadline }.
card-open-page-boleto = Open the boleto
card-open-page-pix = Open the Pix page
card-copy-boleto = Copy boleto code
card-copy-pix = Copy Pix code
card-qr = QR code of the Pix
card-methods = Other ways to pay
card-methods-help = Applies to the amount due now and to future charges.
card-to-boleto = Pay by boleto
card-to-pix = Pay by Pix
card-refused-title = This card cannot be changed here
card-refused-one-off = This purchase was paid at once. Nothing more will be charged, so there is no card to change.
card-refused-not-paid = This purchase has not been paid, and what there was to pay it with is past its last day. To buy it, start again on the seller's page or write to { $producer }.
card-refused-slips = This order is paid in parts by boleto or Pix. There is no card on it; what is due is shown below and on the page of the order.
card-refused-ended = This order is over. Nothing more will be charged.
card-refused-disputed = You disputed this purchase with the bank. Until the bank decides, nothing is charged and the card stays as it is.
card-refused-gateway = The card of this order is kept by the payment system of { $producer }. To change it, write to { $producer }.
card-refused-policy = To change the card of this order, write to { $producer }.
card-refused-method = This way to pay is not available for this order.
card-unavailable-title = The page for the card did not open
card-unavailable = The payment system did not answer. Nothing has changed. Try again in a moment.
card-other-request = This form was already used for something else. Open the page again to go on.
card-back = Back to card and payment
swap-open-title = No card saved yet
swap-open = The page for the card is still open. Go on there to save the card.
swap-open-declined = The card you typed was not accepted. { $reason }
swap-continue = Go on with the card
swap-closed-title = The card was not changed
swap-closed = You came back without saving a card. Everything is as it was.
swap-saved-title = Card changed
swap-saved = The next charges go to the { $card }.
swap-paid = We charged { $amount } on the { $card }. The payment went through and nothing is due.
swap-paid-before = The { $card } was saved. The { $amount } had been paid already, before this card was tried: nothing is due.
swap-void = The { $card } was saved. The { $amount } is not due any more, and nothing was charged on this card.
swap-declined = The { $card } was saved, but the charge of { $amount } did not go through. { $reason }
swap-action = The { $card } was saved. To charge what is due, the bank wants you to confirm.
swap-action-link = Confirm with the bank
swap-unknown = The { $card } was saved. It is not certain yet whether what is due was paid. We check again by ourselves; nothing is charged twice.
swap-mail = We also told you by e-mail.
swap-others = Use it for other subscriptions too?
swap-others-help = They are yours, from the same seller. Tick those that should use this card.
swap-other-card = { $plan } (now: { $card })
swap-other-changed = { $plan }: uses this card already
swap-others-use = Use for selected
decline-generic = The bank refused without giving a reason. Ask the bank or use another card.
decline-funds = The bank says there are not enough funds or limit. Free some limit or use another card.
decline-expired-card = The card has expired. Use another card.
decline-number = The card number is not right. Type it again.
decline-code = The security code is not right. Type it again.
decline-processing = The bank did not answer. Try again in a few minutes.
decline-authentication = The charge was not confirmed with the bank. Try again and confirm.
decline-expired = The time to pay is over. Get a new code.

## States

status-pending = Waiting for payment
status-canceled = Cancelled
status-paid = Paid
status-free = Free
status-partly-refunded = Partially refunded
status-disputed = Disputed with the bank
status-refunded = Refunded
charge-pending = Waiting
charge-failed = Not accepted
charge-paid = Paid
charge-disputed = Disputed
charge-refunded = Refunded
plan-trialing = Trial
plan-active = Active
plan-past-due = Payment overdue
plan-paused = Paused
plan-ending = Cancelled, with access
plan-ended = Ended
money-back-requested = Refund being looked at
money-back-under-way = Refund under way
money-back-waits-for-payee = Waiting for your bank details
money-back-sent = Refund sent to the bank
money-back-settled = Refunded
money-back-failed = Problem with the refund
money-back-declined = Refund not approved
money-back-withdrawn = Refund request withdrawn

## When something is not as it should be

problem-not-found-title = Page not found
problem-not-found = There is nothing at this address, or it belongs to somebody else. Check that you signed in with the e-mail of the purchase.
problem-method-title = This does not work here
problem-method = Go back to the page before and use its buttons.
problem-large-title = What was sent is too large
problem-large = Go back and send less text.
problem-unreadable-title = We could not read what was sent
problem-unreadable = Go back to the page before, reload it and try again.
problem-cross-site-title = This was sent from another site
problem-cross-site = For your safety we only take what our own pages send. Open the page again and repeat.
problem-many-title = Too many requests in a short time
problem-many = { $minutes ->
    [one] Wait { $minutes } minute and try again. The last link sent is still valid.
   *[other] Wait { $minutes } minutes and try again. The last link sent is still valid.
}
problem-unavailable-title = One moment, please
problem-unavailable = This could not be completed just now. Try again in a few seconds: nothing is done twice.
problem-slow-title = That took too long
problem-slow = The page did not answer in time. Try again in a moment; nothing is done twice.
problem-internal-title = Something failed on our side
problem-internal = It was not you. Try again in a moment; nothing is done twice.

## Mails

mail-address-below = If the button does not open, copy this address:
mail-order = Order
mail-protocol = Reference number
mail-amount = Amount
mail-items = Items
mail-total = Total
mail-footer = Automatic message from Aftersale on behalf of { $producer }.
mail-footer-plain = Automatic message from Aftersale.

mail-link-subject = Your sign-in link is valid until { $hour }
mail-link-lead = Sign in to My purchases with this link. It is valid until { $moment } and works once.
mail-link-lead-product = See your order of { $product } with this link. It is valid until { $moment } and works once.
mail-link-button = Sign in
mail-link-code = Or type this code in any browser:
mail-link-asked = Asked for on { $moment }, from the network address { $address }. Browser: { $browser }.
mail-link-browser-unknown = unknown
mail-link-not-you = Not you? Ignore this e-mail: without it nobody gets in.

mail-purchase-subject = Your purchase from { $producer }: order { $code }
mail-purchase-lead = The payment is confirmed. The link below shows your order, your access and, should you need it, the refund.
mail-purchase-free = Your order is confirmed, free of charge. The link below shows your order and your access.
mail-purchase-refundable = If you change your mind, ask for a refund until { $deadline }, without giving a reason.
mail-purchase-button = View the order

mail-email-change-subject = Confirm the new e-mail by { $hour }
mail-email-change-lead = Somebody who uses { $from } wants to use this address from now on. Confirm by { $moment }; until then nothing changes.
mail-email-change-button = See and confirm
mail-email-change-not-you = Not you? Ignore this e-mail: without confirmation nothing changes.
mail-email-notice-subject = Request to change your e-mail
mail-email-notice-lead = Somebody asked to change this address to { $to }. It changes only if it is confirmed at the new address by { $moment }.
mail-email-notice-not-you = Not you? Go to your account, take the change back and sign out everywhere.
mail-email-changed-subject = Your e-mail was changed
mail-email-changed-lead = The address { $from } was changed to { $to }. Orders and access are at the new address now.
mail-email-changed-new = To see your orders, sign in with this address.
mail-email-changed-old = This address can no longer open your orders. Not you? Write to the seller and name the code of an order.
mail-account-button = Go to my account
mail-erasure-asked-subject = Request to erase your data: { $protocol }
mail-erasure-asked-lead = We have your request. We will erase your data after { $due }. Until then you can take it back. Records of purchases stay as long as the law demands.
mail-erasure-button = See or undo
mail-erasure-asked-not-you = Not you? Go to your account, undo the request and sign out everywhere.
mail-erasure-undone-subject = Your data will not be erased: { $protocol }
mail-erasure-undone-purchase = You bought again with this e-mail, so the request to erase your data was undone: the purchase needs it. Everything stays as it was. If you still want your data erased, you can ask again in your account.
mail-email-changed-erasure = Your request to erase your data ({ $protocol }) stays: we will erase it after { $due }. Until then you can take it back in your account, with the new e-mail.
mail-erasure-undone-lead = The request to erase your data was undone. Everything stays as it was.
mail-access-expiring-subject = Your access to { $item } ends { $end }
mail-access-expiring-lead = You have access to { $item } until { $end }. Nothing more is charged for it.
mail-access-expired-subject = Your access to { $item } has ended
mail-access-expired-lead = Access to { $item } lasted until { $end }.
mail-access-help = Would you like to go on? Write to { $producer }.

mail-refund-button = Follow the refund
mail-refund-requested-subject = We have your refund request: { $protocol }
mail-refund-requested-lead = Your request for a refund of { $amount } was accepted. We now send it to the bank.
mail-refund-sent-subject = Your refund of { $amount } was sent to the bank
mail-refund-sent-lead = The refund of { $amount } was sent to the bank. It can take some days until you see it; on a card sometimes only on the next statement.
mail-refund-settled-subject = Your refund of { $amount } is complete
mail-refund-settled-lead = The refund of { $amount } is complete. On a card it may show only on the next statement.
mail-refund-failed-subject = Your refund of { $amount } came back from the bank
mail-refund-failed-lead = The bank did not complete the refund of { $amount }. { $producer } has been told and needs to solve it with you. Your request stays on record.

mail-refund-asked-subject = We sent your request to { $producer }: { $protocol }
mail-refund-asked-lead = The refund deadline has passed, so { $producer } decides. The answer comes by { $deadline }.
mail-refund-approved-subject = Your refund of { $amount } was approved
mail-refund-approved-lead = { $producer } approved your request. We now send { $amount } to the bank.
mail-refund-declined-subject = Your refund request was not approved: { $protocol }
mail-refund-declined-lead = { $producer } did not approve the refund of { $amount }. You keep your access.
mail-refund-declined-reason = Answer from { $producer }:
mail-refund-withdrawn-subject = Refund request withdrawn: { $protocol }
mail-refund-withdrawn-lead = You withdrew the request for a refund of { $amount }. Nothing changes about your purchase.
mail-refund-went-back = Another part, { $amount }, went back or is on its way.
mail-refund-payee-subject = An account is needed to pay back { $amount }
mail-refund-payee-lead = You paid by boleto. To pay back { $amount }, the bank needs an account: open the order, go on to the refund and fill in the details. We never ask for them by e-mail.

mail-producer-asked-subject = Answer by { $deadline }: refund request { $protocol }
mail-producer-asked-late-subject = No answer yet: refund request { $protocol }
mail-producer-asked-lead = { $buyer } asks for { $amount } back after the deadline. Answer by { $deadline }: the buyer sees that date.
mail-producer-asked-late-lead = The time to answer { $buyer } ended on { $deadline }. The buyer is still waiting.
mail-producer-asked-message = Message from the buyer:
mail-producer-asked-button = See and answer
mail-producer-asked-note = Only whoever has this e-mail can open the answer page. Do not forward it.
mail-plan-changed-subject = Your plan is now { $plan }
mail-plan-changed-lead = The change from { $old } to { $plan } is done.
mail-plan-scheduled-subject = Change scheduled: { $plan } from { $date }
mail-plan-scheduled-lead = You keep { $old } until { $date }. On that day { $plan } begins. Until then you can undo the change.
mail-plan-undone-subject = Change undone: you keep { $old }
mail-plan-undone-lead = The change to { $plan } will not happen. You keep { $old }, and nothing was charged.
mail-plan-back-subject = { $amount } comes back to you
mail-plan-back-lead = The payment for the change to { $plan } came when the change could not be made any more. It did not happen, and all of { $amount } goes back to the payment method that was used.
mail-plan-back = Refunded
mail-plan-back-when = How soon it shows on your statement depends on the bank.
mail-plan-plan = New plan
mail-plan-price = Price
mail-plan-paid = Paid now
mail-plan-in-installments = { $amount }, in { $count } instalments
mail-plan-next = Next charge
mail-plan-button = See the plan
mail-plan-not-you = Was it not you? Write to { $producer } as soon as you can.
mail-plan = Plan
mail-cancel-button = View the subscription
mail-cancel-subject = Renewal cancelled: access until { $date }
mail-cancel-lead = The renewal of { $plan } was cancelled. Your access continues until { $date } and there will be no further charges.
mail-cancel-undo = Changed your mind? You can undo this until { $date }, on the page of the subscription.
mail-cancel-now-subject = Subscription ended: { $plan }
mail-cancel-now-lead = The subscription { $plan } was ended. Your access is over and there will be no further charges.
mail-cancel-undone-subject = Cancellation undone: { $plan } goes on
mail-cancel-undone-lead = You took back the cancellation of { $plan }. The subscription goes on as before, with renewals and charges.
mail-cancel-ended-subject = Your access to { $plan } has ended
mail-cancel-ended-lead = The last day of { $plan } was { $date }. There will be no further charges. If you want to come back, write to { $producer }.
mail-cancel-not-you = Not you? Write to { $producer }.
mail-producer-cancel-subject = End at { $gateway }: subscription of { $buyer }
mail-producer-cancel-lead = { $buyer } cancelled the renewal of { $plan }. This portal cannot reach { $gateway }: please end the subscription there by { $date }, so that nothing more is charged.
mail-producer-cancel-undone-subject = Keep at { $gateway }: subscription of { $buyer }
mail-producer-cancel-undone-lead = { $buyer } took back the cancellation of { $plan }. If you already ended the subscription at { $gateway }, please reactivate it there.
mail-producer-message-subject = { $buyer } thought of cancelling { $plan } and wrote to you
mail-producer-message-lead = { $name } began to cancel { $plan } and would rather talk to you. The subscription goes on.
mail-producer-message-quote = Message:
mail-producer-message-reply = Answer to { $buyer }.
mail-charge-title = For
mail-charge-reason = Why
mail-charge-card = Payment method
mail-charge-order-button = View the order
mail-charge-card-button = Change the card
mail-charge-failed-subject = We could not charge { $amount }: { $title }
mail-charge-failed-lead = The charge of { $amount } for { $title } did not go through.
mail-charge-again = We will try again on { $day }. If you prefer, change the card now: it is charged at once.
mail-charge-again-slip = We will send you another code to pay with on { $day }.
mail-charge-access-until = Your access goes on until { $day }.
mail-charge-suspended = We will not try again for now, and your access is on hold. It comes back as soon as the amount is paid.
mail-charge-ended = We will not try again. The subscription has ended, and so has your access. There will be no further charges.
mail-charge-recovered-subject = Payment of { $amount } confirmed: { $title }
mail-charge-recovered-lead = We received { $amount } for { $title }. Everything is settled, and your access goes on.

mail-declined-generic = The bank did not authorise it and gave no reason. Calling the bank or using another card usually helps.
mail-declined-funds = Not enough balance or limit.
mail-declined-expired-card = The card has expired.
mail-declined-number = The card number is not right.
mail-declined-cvc = The security code of the card is not right.
mail-declined-blocked = The bank does not accept this card any more. Use another one.
mail-declined-processing = The bank could not answer.
mail-declined-unconfirmed = The bank asked for a confirmation that was not given.
mail-declined-slip-expired = The time to pay has passed.

mail-renewal-subject = Your subscription renews on { $day }: { $amount }
mail-renewal-lead = Your subscription { $title } renews on { $day } for { $amount }.
mail-renewal-button = View the subscription
mail-renewal-cancel = If you do not want to renew, cancel before that day: you keep your access until then.

mail-slip-boleto-subject = Your boleto of { $amount }: { $title }
mail-slip-pix-subject = Your Pix of { $amount }: { $title }
mail-slip-boleto-lead = Here is the boleto of { $amount } for { $title }.
mail-slip-pix-lead = Here is the Pix of { $amount } for { $title }.
mail-slip-boleto-button = Open the boleto
mail-slip-pix-button = Open the Pix
mail-slip-boleto-code = Or copy the boleto line:
mail-slip-pix-code = Or copy the Pix code:
mail-slip-until = Pay by
mail-slip-note = If you have paid already, there is nothing to do: the confirmation comes by itself.

mail-producer-failed-subject = Please act: refund { $protocol } came back from the bank
mail-producer-failed-lead = The refund of { $amount } to { $buyer } was not completed. The buyer knows and is waiting for you.
mail-producer-reason = Reason given by the bank:
mail-producer-plan-back-subject = Please act: { $amount } of { $buyer } did not go back
mail-producer-plan-back-lead = { $buyer } paid { $amount } to change to { $plan } when the change could not be made any more. The money could not be paid back.
mail-producer-failed-next = Agree with the buyer on another way to pay the money back.
mail-producer-by-hand-subject = Pay back { $amount }: refund { $protocol }
mail-producer-by-hand-lead = { $buyer } asked for a refund of { $amount } in time. This portal cannot reach { $gateway }: please pay it back there.
mail-producer-not-done-subject = Still open: pay back { $amount }, refund { $protocol }
mail-producer-not-done-lead = { $buyer } has waited for { $amount } since { $date }. We have not heard from { $gateway } that the money went back.
mail-producer-not-done-next = If it is not paid yet, please pay it back at { $gateway }. If it is, nothing more is needed: this notice ends when the source of the order reports the refund.
mail-producer-stopped-grant-subject = Please act: access of { $buyer } was not opened
mail-producer-stopped-revoke-subject = Please act: access of { $buyer } was not taken away
mail-producer-stopped-grant = The member area { $area } did not accept to open access for { $buyer }.
mail-producer-stopped-revoke = The member area { $area } did not accept to take access away from { $buyer }.
mail-producer-stopped-answer = Last answer:
mail-producer-stopped-next = Check the key and the access rules of that member area.

mail-card-button = See card and payment
mail-card-plan = Subscription or order
mail-card-card = Card
mail-card-method = Way to pay
mail-card-when = Changed on
mail-card-changed-subject = New card for { $title }: { $card }
mail-card-changed-lead = The next charges for { $title } go to the { $card }.
mail-card-not-you = Not you? Open the page, change the card and write to { $producer }.
mail-method-changed-subject = New way to pay for { $title }: { $method }
mail-method-changed-lead = The next charges for { $title } are by { $method }. With each charge, the code to pay with appears on the page below.
mail-card-expiring-subject = Your card expires in { $expiry }: change it before the next charge
mail-card-expiring-lead = The { $card }, used for { $title }, expires in { $expiry }. Change the card by then to keep your access.
mail-card-expiring-button = Change card
