"""A client of Asaas' API that others wrote does at the stand-in what the portal does at Asaas.

It ends with 0 if all of it went as the client expects. ASAAS_ADDRESS is the stand-in, with /v3 at the end, ASAAS_TOKEN
the account's token.
"""

import datetime
import os
import zoneinfo

from asaas import Asaas, AsaasNotFoundError, AsaasValidationError
from buyer import Listener, step, type_into

TOKEN = "whsec-of-the-portal-0123456789abcdef"
# The client puts the version into each path by itself.
client = Asaas(os.environ["ASAAS_TOKEN"], base_url=os.environ["ASAAS_ADDRESS"].removesuffix("/v3"), max_retries=0)
hooks = Listener()


def day(ahead):
    today = datetime.datetime.now(zoneinfo.ZoneInfo("America/Sao_Paulo")).date()
    return str(today + datetime.timedelta(days=ahead))


def refused(act):
    try:
        act()
    except AsaasValidationError as error:
        assert error.errors[0]["code"] and error.errors[0]["description"], error.errors
        return
    raise AssertionError("nothing refused it")


with step("an address for webhooks"):
    events = ["PAYMENT_CREATED", "PAYMENT_CONFIRMED", "PAYMENT_RECEIVED", "PAYMENT_REFUNDED", "SUBSCRIPTION_DELETED"]
    client.webhooks.create(
        hooks.url, "loja@example.com", enabled=True, interrupted=False, api_version=3, auth_token=TOKEN, events=events
    )
    assert [one["url"] for one in client.webhooks.list().data] == [hooks.url]

with step("a customer"):
    customer = client.customers.create("Ana Souza", "52998224725", email="ana@example.com")["id"]
    assert [one["id"] for one in client.customers.list_all(email="ana@example.com")] == [customer]
    try:
        client.customers.get("cus_of_nobody")
        raise AssertionError("nobody is there")
    except AsaasNotFoundError:
        pass

with step("a token of a card"):
    number = {
        "holderName": "ANA SOUZA",
        "number": "4242424242424242",
        "expiryMonth": "12",
        "expiryYear": "2099",
        "ccv": "123",
    }
    holder = {
        "name": "Ana Souza",
        "email": "ana@example.com",
        "cpfCnpj": "52998224725",
        "postalCode": "01001000",
        "addressNumber": "120",
        "phone": "11999990001",
    }
    token = client.credit_card.tokenize(customer, number, holder, "203.0.113.7")["creditCardToken"]


def pay(billing, reference, value=99.9, **more):
    return client.payments.create(customer, billing, value, day(0), external_reference=reference, **more)


with step("a payment by card, found by the portal's key"):
    card = pay("CREDIT_CARD", "k1", credit_card_token=token, remote_ip="203.0.113.7")
    assert card["status"] == "CONFIRMED", card
    assert [one["id"] for one in client.payments.list_all(external_reference="k1")] == [card["id"]]

with step("its refund in two parts, and no third"):
    for value in (40.0, 59.9):
        client.payments.refund(card["id"], value=value, description="aftersale:r1")
    refunds = client.payments.list_refunds(card["id"])["data"]
    assert sorted(one["value"] for one in refunds) == [40.0, 59.9], refunds
    assert client.payments.get(card["id"])["status"] == "REFUNDED"
    refused(lambda: client.payments.refund(card["id"], value=1.0))

with step("a Pix that is paid on its page"):
    pix = pay("PIX", "k2")
    assert client.payments.get_pix_qr_code(pix["id"])["payload"]
    type_into(pix["invoiceUrl"] + "/pix")
    assert client.payments.get_status(pix["id"])["status"] == "RECEIVED"

with step("a boleto whose money goes back to an account that its buyer names"):
    boleto = pay("BOLETO", "k3")
    assert client.payments.get_identification_field(boleto["id"])["identificationField"]
    type_into(boleto["invoiceUrl"] + "/boleto")
    page = client.payments.refund_bank_slip(boleto["id"])["requestUrl"]
    type_into(page, bank="001", agency="1", account="2")
    assert client.payments.get(boleto["id"])["status"] == "REFUNDED"

with step("a subscription that is inactive, active again, and paid by Pix"):
    club = client.subscriptions.create(customer, "BOLETO", 49.9, day(0), "MONTHLY", external_reference="s1")["id"]
    first = client.subscriptions.list_payments(club)["data"]
    assert [one["status"] for one in first] == ["PENDING"], first
    assert client.subscriptions.update(club, status="INACTIVE")["status"] == "INACTIVE"
    assert client.subscriptions.update(club, status="ACTIVE", nextDueDate=day(30))["status"] == "ACTIVE"
    changed = client.subscriptions.update(club, billingType="PIX", updatePendingPayments=True)
    assert changed["billingType"] == "PIX"
    assert client.subscriptions.list_payments(club)["data"][-1]["billingType"] == "PIX"

with step("its end, and that of what is still to be paid"):
    for one in client.subscriptions.list_payments(club, status="PENDING")["data"]:
        assert client.payments.delete(one["id"])["deleted"] is True
    assert client.subscriptions.delete(club)["deleted"] is True

with step("webhooks that carry the portal's token"):
    for event in ("PAYMENT_REFUNDED", "SUBSCRIPTION_DELETED"):
        hooks.wait(lambda body, event=event: body["event"] == event)
    assert all(headers["asaas-access-token"] == TOKEN for _, headers in hooks.heard)

print("everything is done")
