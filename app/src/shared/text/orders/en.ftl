# The producer's list of orders, and the look-up of the support staff.
orders-title = Orders
orders-search = Search orders
orders-search-help = Order code, email, name, CPF or CNPJ, phone, transaction or the last 4 digits of the card
orders-search-long = A search takes up to 200 characters. Use a part of the text.
orders-find = Search orders
orders-clear = Clear search and filters
orders-filters = Filters
orders-any = Any
orders-status = Status
orders-product = Product
orders-kind = Type
orders-kind-once = One-time purchase
orders-kind-subscription = Subscription
orders-kind-installments = Smart instalments
orders-kind-slips = Instalments by boleto or Pix
orders-risk = Attention
orders-risk-money = Money at risk
orders-risk-overdue = Overdue charge
orders-risk-card = Card expired or about to expire
orders-risk-refund = Refund requested, waiting for your answer
orders-from = From
orders-from-wrong = Give the first day as day, month and year.
orders-to = To
orders-to-wrong = Give the last day as day, month and year, not before the first one.
orders-code = Order
orders-buyer = Buyer
orders-date = Date
orders-total = Total
orders-name = Name
orders-email = Email
orders-tax-id = CPF or CNPJ
orders-phone = Phone
orders-currency = Currency
orders-ordered = Ordered
orders-paid = Paid
orders-method = Payment method
orders-last4 = Card ends in
orders-none-title = No orders yet
orders-none = Orders appear here as soon as they arrive by the API, from a connected source or by import.
orders-none-how = Ask whoever looks after your integration to send the first order. The newest are on top.
orders-nothing-title = No order found
orders-nothing = Check the spelling, type the whole code or only the beginning of the name or email, or clear search and filters.
orders-nothing-yet-title = Nothing among the newest orders
orders-nothing-yet = We looked at a part of the list. Go on with the older orders.
orders-no-more-title = No more orders
orders-no-more = You have reached the end of this list.
orders-partial = This page shows what was found so far. Go on to look at the older orders.
orders-wide = Many names or emails begin like this, and only a part is shown. Type more letters.
orders-next = See more orders
orders-look-on = Go on with older orders
orders-first = Back to the top of the list
orders-file = Download this list (CSV)
orders-file-name = orders
orders-views = Views
orders-view-all = All
orders-view-refund = Refund requested
orders-view-overdue = Overdue
orders-view-disputed = In dispute
orders-view-card = Card expiring
orders-view-save-title = Save this search
orders-view-name = Name of the view
orders-view-name-wrong = Give it a name of 1 to 60 characters.
orders-view-full = You have saved 30 views already. Delete one before you save another.
orders-view-save = Save view
orders-view-remove = Delete the view “{ $name }”
said-view-saved = View saved.
said-view-removed = View deleted.
found-said = { $count ->
    [0] No order found.
    [one] { $count } order found.
   *[other] { $count } orders found.
}
found-said-more = { $count ->
    [one] { $count } order in the list, and there are more.
   *[other] { $count } orders in the list, and there are more.
}
lookup-title = Find an order
lookup-search = What do you know about the order?
lookup-help = Email, name, CPF or CNPJ, phone, code, transaction, a link of the portal, or last digits of the card, amount and date: 4242 49.90 12/11
lookup-long = A search takes up to 500 characters. Use a part of the text.
lookup-find = Find order
lookup-found = Orders found
lookup-back = Back to the search
lookup-seller = Seller
lookup-nothing-title = Nothing found for “{ $text }”
lookup-nothing = Try something else from the same purchase: the email used for it, the CPF or CNPJ, or the order code.
lookup-more = There are more orders than are shown. Add something else to find the right one.
