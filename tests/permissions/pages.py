"""The matrix, pages: method, who, about, route (see matrix.py)."""

HOUSE = """
GET  public     -           healthz
GET  public     -           readyz
GET  closed     -           first-run/
POST closed     -           first-run/
GET  closed     -           first-run/people.xlsx
GET  public     -           login/
POST public     -           login/
PUT  public     -           login/
POST public     -           logout/
GET  everybody  -           password/
POST everybody  -           password/
PUT  everybody  -           password/
GET  everybody  -           ""
GET  everybody  -           duties/
GET  everybody  -           search/
GET  public     verify      v/<slug:number>/<slug:hash8>/
GET  public     verify      ^[Vv]/(?P<number>[A-Za-z0-9-]{1,40})/(?P<hash8>[A-Za-z0-9]{1,40})/?$
GET  orders.view paper      papers/<int:pk>/pdf/
POST orders.view paper      papers/<int:pk>/print/
GET  orders.view print      papers/prints/<int:pk>/pdf/
GET  orders.view attachment files/<int:pk>/
GET  everybody  -           api/schema/
GET  everybody  -           api/docs/
"""

ORDERS = """
GET  orders.view                         -                 orders/
GET  orders.view                         -                 orders/totals/
POST orders.view                         -                 orders/columns/
POST orders.view                         -                 orders/views/
POST =xiaoli                             saved_view        orders/views/<int:pk>/drop/
POST orders.accept                       order.submitted   orders/accept/
GET  orders.create                       -                 orders/new/
POST orders.create                       -                 orders/new/
POST orders.create                       -                 orders/new/draft/
GET  orders.create                       -                 orders/customers/
GET  orders.create                       -                 orders/products/
GET  orders.view                         order.issued      orders/<slug:number>/
GET  orders.edit!erp                     order.draft       orders/<slug:number>/edit/
POST orders.edit!erp                     order.draft       orders/<slug:number>/edit/
POST orders.edit!erp                     order.draft       orders/<slug:number>/edit/draft/
POST orders.create                       order.issued      orders/<slug:number>/copy/
POST orders.register_original            order.fax         orders/<slug:number>/original/
POST orders.view                         order.draft       orders/<slug:number>/attachments/
POST orders.ask_instruction              order.draft       orders/<slug:number>/instructions/
POST orders.answer_instruction           instruction       orders/<slug:number>/instructions/<int:pk>/grant/
POST orders.answer_instruction           instruction       orders/<slug:number>/instructions/<int:pk>/refuse/
POST orders.agree_as_reviewed            order.negotiating orders/<slug:number>/agree-as-reviewed/
POST orders.authorise_exception          order.shipping    orders/<slug:number>/authorise-exception/
POST orders.authorise_over               order.shipping    orders/<slug:number>/authorise-over/
POST orders.submit!laowang,erp           order.draft       orders/<slug:number>/submit/
POST orders.withdraw!laowang             order.submitted   orders/<slug:number>/withdraw/
POST orders.discard!laowang              order.draft       orders/<slug:number>/discard/
POST orders.accept                       order.submitted   orders/<slug:number>/accept/
POST orders.start_production             order.issued      orders/<slug:number>/start-production/
POST orders.finish_production            order.passed      orders/<slug:number>/finish-production/
POST orders.finish_shipping              order.delivered   orders/<slug:number>/finish-shipping/
POST orders.complete                     order.collected   orders/<slug:number>/complete/
POST orders.return_to_coordinator        order.submitted   orders/<slug:number>/return-to-coordinator/
POST orders.reject                       order.submitted   orders/<slug:number>/reject/
POST orders.reopen_review                order.agreed      orders/<slug:number>/reopen-review/
POST orders.cancel                       order.accepted    orders/<slug:number>/cancel/
"""

REVIEWS = """
GET  everybody                           -                 reviews/
GET  reviews.view                        round.open        reviews/<int:pk>/
POST =xiaoli                             round.signed      reviews/<int:pk>/balance/
POST reviews.request_meeting             round.open        reviews/<int:pk>/request-meeting/
POST reviews.turn_into_meeting           round.open        reviews/<int:pk>/turn-into-meeting/
POST reviews.conclude                    round.signed      reviews/<int:pk>/conclude/
GET  reviews.view                        answer.open       reviews/<int:pk>/answers/<slug:department>/
POST =engineering,engineering2           answer.open       reviews/<int:pk>/answers/<slug:department>/
GET  reviews.view                        answer.open       reviews/<int:pk>/answers/<slug:department>/effect/
POST =engineering,engineering2           answer.open       reviews/<int:pk>/answers/<slug:department>/sign/
POST =engineering                        answer.proxy      reviews/<int:pk>/answers/<slug:department>/countersign/
GET  reviews.open_round!planning         order.accepted    orders/<slug:number>/reviews/new/
POST reviews.open_round!planning         order.accepted    orders/<slug:number>/reviews/new/
POST reviews.draft_notice                order.agreed      orders/<slug:number>/notices/
GET  everybody                           -                 notices/
GET  =gm,evp,gm_delegate                 -                 notices/sign/
POST =gm,evp,gm_delegate                 notice.draft      notices/sign/
GET  reviews.view                        notice.issued     notices/<slug:number>/
POST =gm,evp,gm_delegate                 notice.draft      notices/<slug:number>/sign/
POST reviews.refuse_notice               notice.draft      notices/<slug:number>/refuse/
POST reviews.issue_notice                notice.signed     notices/<slug:number>/issue/
POST =engineering,engineering2           copy.handed       notices/<slug:number>/copies/<slug:department>/acknowledge/
POST =xiaoli,laowang,engineering,engineering2 copy.void    notices/<slug:number>/copies/<slug:department>/return-copy/
POST =laowang,director,engineering,engineering2 copy.handed notices/<slug:number>/copies/<slug:department>/report-lost/
POST reviews.approve_lost                copy.lost         notices/<slug:number>/copies/<slug:department>/approve-lost/
"""

SHOP = """
GET  everybody                           -                 visits/
GET  production.visit                    -                 visits/tour/
GET  everybody                           -                 visits/find/
GET  production.visit                    -                 visits/many/
POST production.visit                    order.producing   visits/many/
GET  production.view                     visit             visits/<int:pk>/done/
GET  production.visit                    order.producing   orders/<slug:number>/visits/
POST production.visit                    order.producing   orders/<slug:number>/visits/
GET  everybody                           -                 inspections/
GET  production.inspect                  order.producing   orders/<slug:number>/inspections/
POST production.inspect                  order.producing   orders/<slug:number>/inspections/
"""

OUTSOURCING = """
GET  outsourcing.view                    -                 outsourcing/
GET  outsourcing.create!printing_mfg,paper_mfg order.producing outsourcing/new/
POST outsourcing.create!printing_mfg,paper_mfg order.producing outsourcing/new/
GET  outsourcing.view                    -                 outsourcing/processors/
GET  outsourcing.edit_processor          -                 outsourcing/processors/new/
POST outsourcing.edit_processor          -                 outsourcing/processors/new/
GET  outsourcing.edit_processor          processor         outsourcing/processors/<slug:code>/
POST outsourcing.edit_processor          processor         outsourcing/processors/<slug:code>/
GET  outsourcing.view                    outsourced.sent   outsourcing/<slug:number>/
POST outsourcing.move_material           outsourced.sent   outsourcing/<slug:number>/material-issues/
POST outsourcing.move_material           outsourced.sent   outsourcing/<slug:number>/material-returns/
POST outsourcing.receive                 outsourced.sent   outsourcing/<slug:number>/receipts/
POST outsourcing.finish_receiving        outsourced.full   outsourcing/<slug:number>/finish-receiving/
POST outsourcing.reconcile               outsourced.received outsourcing/<slug:number>/reconcile/
POST outsourcing.settle                  outsourced.reconciled outsourcing/<slug:number>/settle/
POST outsourcing.cancel                  outsourced.draft  outsourcing/<slug:number>/cancel/
POST outsourcing.approve                 outsourced.draft  outsourcing/<slug:number>/approve/
POST outsourcing.send                    outsourced.approved outsourcing/<slug:number>/send/
"""

SHIPPING = """
GET  shipping.view                       -                 deliveries/
GET  shipping.create                     order.shipping    deliveries/new/
POST shipping.create                     order.shipping    deliveries/new/
GET  shipping.view                       delivery.draft    deliveries/<slug:number>/
POST shipping.confirm_arrival            delivery.draft    deliveries/<slug:number>/confirm-arrival/
POST shipping.notify_warehouse           delivery.draft    deliveries/<slug:number>/notify-warehouse/
POST shipping.cancel                     delivery.draft    deliveries/<slug:number>/cancel/
POST shipping.authorise_exception        delivery.draft    deliveries/<slug:number>/authorise-exception/
GET  shipping.view                       delivery.notified deliveries/<slug:number>/dispatch/
POST shipping.dispatch                   delivery.notified deliveries/<slug:number>/dispatch/
GET  shipping.view                       delivery.gone     deliveries/<slug:number>/deliver/
POST shipping.deliver                    delivery.gone     deliveries/<slug:number>/deliver/
GET  shipping.view                       delivery.gone     deliveries/<slug:number>/return/
POST shipping.register_return            delivery.gone     deliveries/<slug:number>/return/
GET  shipping.view                       -                 returns/
POST shipping.receive_return             return.registered returns/<slug:number>/receive/
"""

MONEY = """
GET  ledger.view                         -                 ledger/
POST ledger.view                         -                 ledger/export/
POST ledger.view                         -                 ledger/print/
GET  ledger.view                         -                 invoices/
GET  ledger.create_invoice               -                 invoices/new/
POST ledger.create_invoice               order.delivered   invoices/new/
POST ledger.create_invoice               -                 invoices/new/reckon/
GET  ledger.view                         invoice.issued    invoices/<int:pk>/
GET  ledger.create_invoice               invoice.issued    invoices/<int:pk>/red/
POST ledger.create_invoice               invoice.issued    invoices/<int:pk>/red/
POST ledger.issue_invoice                invoice.draft     invoices/<int:pk>/issue/
POST ledger.discard_invoice              invoice.draft     invoices/<int:pk>/discard/
GET  ledger.view                         -                 payments/
GET  ledger.register_payment             -                 payments/new/
POST ledger.register_payment             -                 payments/new/
POST ledger.register_payment             -                 payments/new/reckon/
GET  ledger.view                         payment.confirmed payments/<int:pk>/
POST ledger.reverse_payment              payment.confirmed payments/<int:pk>/reverse/
POST ledger.allocate_payment             payment.free      payments/<int:pk>/allocate/
POST ledger.confirm_payment              payment.registered payments/<int:pk>/confirm/
POST ledger.discard_payment              payment.registered payments/<int:pk>/discard/
POST ledger.propose_adjustment           order.collected   orders/<slug:number>/adjustments/
POST ledger.approve_adjustment           adjustment        adjustments/<int:pk>/approve/
POST ledger.approve_adjustment           adjustment        adjustments/<int:pk>/refuse/
"""
