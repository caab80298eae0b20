# What surrounds the pages of the producer's area.
area-orders = Orders
area-requests = Requests
area-links = Links
area-report = Report
area-settings = Settings
area-people = People
area-account = Your account
area-navigation = Parts of this area
area-search = Search
area-staff = Aftersale staff
area-footer = Aftersale: what happens after the sale, in one place.
