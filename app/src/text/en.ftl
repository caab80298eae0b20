# Everything the screens and mails say, in English. Same keys and variables as pt-BR.ftl: a test compares them.
# Plain words, what happens and when; no jargon, no blame.

## The frame of every page

frame-home = My purchases
frame-skip = Skip to content
frame-navigation = Navigation
frame-language = Language
frame-sign-out = Sign out
frame-signed-in = You are signed in as { $email }.
frame-footer = Aftersale: your orders, access and refunds in one place.
frame-time-zone = Dates and times in the time zone { $zone }.

## Words that several screens share

and-more = { $count ->
    [one] and { $count } more item
   *[other] and { $count } more items
}
copied = Copied
back-to-order = Back to the order
back-to-home = Back to my purchases
summary-title = Please check before you go on
contact-seller = Write to { $seller }

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
order-link-seller = Sold by
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
alert-refund-failed = The refund of { $title } came back from the bank. The seller has been told.
alert-payment-pending = { $title } has not been paid yet.
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
access-not-managed = { $seller } gives you access.
access-ending = Your access is being closed.
access-removed = Access closed on { $moment }

payment-title = Payment
payment-method = Method
payment-card-only = Card
payment-card = { $brand } ending in { $last4 }
payment-card-expiry = expires { $expiry }
payment-boleto = Boleto
payment-pix = Pix
payment-other = Another method
payment-paid-at = Paid on
payment-not-yet = Not paid yet
payment-charges = Charges
payment-charge-date = Date
payment-charge-amount = Amount
payment-charge-status = Status
payment-installments = in { $count } card instalments
payment-due = Pay until { $date }
payment-code = Code to pay with
payment-code-copy = Copy payment code

items-title = Items
items-item = Item
items-amount = Amount
items-bump = added at purchase
items-total = Total
items-refunded = Paid back or on its way

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
subscription-past-due = The last charge did not go through. Write to { $seller } to settle it.
subscription-no-next = There will be no further charges
subscription-period-end = Paid until
subscription-canceled = Cancelled on

refund-title = Refund
refund-open = You can change your mind and get { $amount } back until { $deadline }. You do not need to give a reason.
refund-ask = Ask for a refund
refund-closed = The time to ask for a refund ended { $deadline }.
refund-closed-help = You can still write to { $seller }, who decides about later requests.
refund-not-paid = This order was not paid. There is nothing to pay back.
refund-nothing-left = All of this order has been paid back or is on its way.
refund-under-way = A refund is under way. When it is done you can ask for another one, if there is still time.
refund-disputed = You disputed this purchase with the bank. The bank decides now and tells you. That is why the refund here is on hold.
refund-past = Refunds of this order

timeline-title = History
timeline-ordered = Order placed
timeline-paid = Payment confirmed
timeline-access-confirmed = Access opened
timeline-access-removed = Access closed
timeline-refund-requested = Refund asked for: receipt { $protocol }
timeline-refund-sent = Refund sent to the bank: receipt { $protocol }
timeline-refund-settled = Money paid back: receipt { $protocol }
timeline-refund-failed = The bank did not complete the refund: receipt { $protocol }
timeline-subscription-canceled = Subscription cancelled

help-title = Help
help-text = Questions about the content or this order? Write to { $seller } and mention the code { $code }.

## Subscription

subscription-actions = What you can do
subscription-manage = Manage subscription
subscription-order = View order { $code }
subscription-card = Change card
subscription-plan-change = Change plan
subscription-cancel = Cancel renewal
subscription-next-amount = { $date }: { $amount }
subscription-next-discount = { $date }: { $amount }, with { $percent }% off
subscription-next-after-overdue = Once the overdue amount is settled
subscription-overdue-since = { $amount } overdue since { $date }
subscription-overdue-amount = { $amount } overdue
subscription-overdue-tries = We will try again: { $dates }.
subscription-overdue-access = Without payment your access lasts until { $date }.

refusal-installments = The instalments are the price of what you bought, divided: that is why the ones that are left cannot be cancelled alone. Within the time limit you can give everything back and get your money.
refusal-ending = The renewal is cancelled already. Your access lasts until { $date }.
refusal-ended = This subscription has ended.
refusal-seller = The seller does not offer this change here. If you need it, write to them.
refusal-gateway = The seller's payment company does not allow this change here. If you need it, write to the seller.

installments-title = Instalments

## Cancelling a subscription

cancel-title = Cancel renewal
cancel-access-until = Your access continues until
cancel-access-ends = Your access ends
cancel-access-ended = Your access ended
cancel-now = As soon as you confirm
cancel-why = Why
cancel-why-overdue = A charge is overdue, and its access has not been paid.
cancel-why-seller = This subscription ends at once when it is cancelled.
cancel-why-unpaid = No period is paid beyond today.
cancel-charges = Charges
cancel-no-charges = There will be no further charges.
cancel-overdue = Overdue
cancel-owed = { $amount }: we will not try to charge it any more.
cancel-regret = If you change your mind
cancel-undo-until = You can undo this until { $date }.
cancel-go-on = Continue
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
cancel-number = Receipt number { $protocol }
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
offer-message = Would you rather talk first? Write to { $seller } below. The answer comes by e-mail, and your subscription stays as it is.
offer-message-take = Send message to { $seller }

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
preview-method-boleto = by bank transfer; the seller confirms the details with you
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
preview-until = Time limit
preview-until-text = You can ask until { $deadline }. You do not need to give a reason.
preview-confirm = Ask for a refund of { $amount }
preview-keep = Keep the purchase

receipt-title = Refund requested
receipt-lead = We have your request. We also sent a receipt to { $email }.
receipt-protocol = Receipt number
receipt-amount = Amount
receipt-copy = Copy receipt number
receipt-steps = Progress

step-requested = Request received
step-requested-text = Your request was accepted.
step-sent = On to the bank
step-sent-next = The next step is to send it to the bank. It usually takes a few minutes.
step-sent-waiting = The bank did not answer clearly. We check before trying again, so that nothing is paid back twice.
step-settled = Money back
step-settled-next = Once it is sent, the bank usually takes some days until the money shows.
step-settled-done = The money has been paid back.
step-failed = The bank did not complete it
step-failed-text = The money came back from the bank and did not reach you. The seller has been told and needs to solve it. If you like, write to them with the receipt number.
step-declined = Not approved
step-declined-text = The seller did not approve this request. If you have questions, write to them with the receipt number.
step-withdrawn = Withdrawn
step-withdrawn-text = You took this request back.

refused-title = The refund was not requested
refused-other-request = This form was already used for another request. Open the refund page again to go on.
refused-unknown-item = One of the chosen items cannot be paid back. Choose again.
refused-again = Choose again

## Card and ways to pay

payment-change = Change card or way to pay
card-title = Card and payment
card-plan = { $title }, from { $seller }
card-owed = Amount due
card-owed-since = The charge is from { $date }.
card-owed-access = Your access goes on until { $deadline }. Pay before then to keep it.
card-on-file = In use now
card-expiry = Expiry
card-swap = Change card
card-enter = Use a card
card-swap-help = You type the card on the secure page of the payment company and come back here. We do not see the number.
card-swap-owed = As soon as the card is saved we charge { $amount } on it and show you the result.
card-pay-again = Try this card again: { $amount }
card-pay-boleto = Get a boleto for { $amount }
card-pay-pix = Get a Pix for { $amount }
card-open-boleto = Boleto to pay
card-open-pix = Pix to pay
card-open-until = Pay until { $deadline }.
card-open-page-boleto = Open the boleto
card-open-page-pix = Open the Pix page
card-copy-boleto = Copy boleto code
card-copy-pix = Copy Pix code
card-qr = QR code of the Pix
card-methods = Other ways to pay
card-methods-help = Counts at once for what is due, and for the next charges.
card-to-boleto = Pay by boleto
card-to-pix = Pay by Pix
card-refused-title = This card cannot be changed here
card-refused-one-off = This purchase was paid at once. Nothing more will be charged, so there is no card to change.
card-refused-slips = This order is paid in parts by boleto or Pix. There is no card on it; what is due is shown below and on the page of the order.
card-refused-ended = This order is over. Nothing more will be charged.
card-refused-gateway = The card of this order is kept by the payment system of { $seller }. To change it, write to { $seller }.
card-refused-policy = To change the card of this order, write to { $seller }.
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
swap-declined = The { $card } was saved, but the charge of { $amount } did not go through. { $reason }
swap-action = The { $card } was saved. To charge what is due, the bank wants you to confirm.
swap-action-link = Confirm with the bank
swap-unknown = The { $card } was saved. The bank has not answered yet about what is due. We check again by ourselves; nothing is charged twice.
swap-mail = We also told you by e-mail.
swap-others = Use it for other subscriptions too?
swap-others-help = They are yours, from the same seller. Tick those that should use this card.
swap-other-card = { $plan } (now: { $card })
swap-other-changed = { $plan }: uses this card already
swap-others-use = Use for the ticked ones
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
status-partly-refunded = Partly paid back
status-disputed = Disputed with the bank
status-refunded = Paid back
charge-pending = Waiting
charge-failed = Not accepted
charge-paid = Paid
charge-disputed = Disputed
charge-refunded = Paid back
plan-trialing = Trial
plan-active = Active
plan-past-due = Payment overdue
plan-paused = Paused
plan-ending = Cancelled, with access
plan-ended = Ended
money-back-requested = Refund being looked at
money-back-under-way = Refund under way
money-back-sent = Refund sent to the bank
money-back-settled = Paid back
money-back-failed = Problem with the refund
money-back-declined = Refund not approved
money-back-withdrawn = Refund withdrawn

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
problem-slow-title = That took too long
problem-slow = The page did not answer in time. Try again in a moment; nothing is done twice.
problem-internal-title = Something failed on our side
problem-internal = It was not you. Try again in a moment; nothing is done twice.

## Mails

mail-address-below = If the button does not open, copy this address:
mail-order = Order
mail-protocol = Receipt number
mail-amount = Amount
mail-items = Items
mail-total = Total
mail-footer = Automatic message from Aftersale on behalf of { $seller }.
mail-footer-plain = Automatic message from Aftersale.

mail-link-subject = Your sign-in link is valid until { $hour }
mail-link-lead = Sign in to My purchases with this link. It is valid until { $moment } and works once.
mail-link-lead-product = See your order of { $product } with this link. It is valid until { $moment } and works once.
mail-link-button = Sign in
mail-link-code = Or type this code in any browser:
mail-link-asked = Asked for on { $moment }, from the network address { $address }. Browser: { $browser }.
mail-link-browser-unknown = unknown
mail-link-not-you = Not you? Ignore this e-mail: without it nobody gets in.

mail-purchase-subject = Your purchase from { $seller }: order { $code }
mail-purchase-lead = The payment is confirmed. The link below shows your order, your access and, should you need it, the refund.
mail-purchase-refundable = If you change your mind, ask for a refund until { $deadline }, without giving a reason.
mail-purchase-button = View the order

mail-refund-button = Follow the refund
mail-refund-requested-subject = We have your refund request: { $protocol }
mail-refund-requested-lead = Your request for a refund of { $amount } was accepted. We now send it to the bank.
mail-refund-sent-subject = Your refund of { $amount } was sent to the bank
mail-refund-sent-lead = The refund of { $amount } was sent to the bank. It can take some days until you see it; on a card sometimes only on the next statement.
mail-refund-settled-subject = Your refund of { $amount } is complete
mail-refund-settled-lead = The refund of { $amount } is complete. On a card it may show only on the next statement.
mail-refund-failed-subject = Your refund of { $amount } came back from the bank
mail-refund-failed-lead = The bank did not complete the refund of { $amount }. { $seller } has been told and needs to solve it with you. Your request stays on record.

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
mail-cancel-ended-lead = The last day of { $plan } was { $date }. There will be no further charges. If you want to come back, write to { $seller }.
mail-cancel-not-you = Not you? Write to { $seller }.
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
mail-charge-held = We will not try again for now, and your access is on hold. It comes back as soon as the amount is paid.
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
mail-slip-until = Pay until
mail-slip-note = If you have paid already, there is nothing to do: the confirmation comes by itself.

mail-producer-failed-subject = Please act: refund { $protocol } came back from the bank
mail-producer-failed-lead = The refund of { $amount } to { $buyer } was not completed. The buyer knows and is waiting for you.
mail-producer-reason = Reason given by the bank:
mail-producer-failed-next = Agree with the buyer on another way to pay the money back.
mail-producer-by-hand-subject = Pay back { $amount }: refund { $protocol }
mail-producer-by-hand-lead = { $buyer } asked for a refund of { $amount } in time. This portal cannot reach { $gateway }: please pay it back there.
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
mail-card-not-you = Not you? Open the page, change the card and write to { $seller }.
mail-method-changed-subject = New way to pay for { $title }: { $method }
mail-method-changed-lead = The next charges for { $title } are by { $method }. With each charge, the code to pay with appears on the page below.
mail-card-expiring-subject = Your card expires in { $expiry }: change it before the next charge
mail-card-expiring-lead = The { $card }, used for { $title }, expires in { $expiry }. Change the card by then to keep your access.
mail-card-expiring-button = Change card
