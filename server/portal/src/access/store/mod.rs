//! The only SQL that writes what member areas were told, and that reads what orders give in them.

mod area;
mod concerned;
mod delivery;
mod entitlement;
mod notice;
mod telling;

pub(super) use area::{area, is_address_occupied, person};
pub(super) use concerned::{areas_of_person, pairs_of_product, people_of_area};
pub(super) use delivery::{NewDelivery, OpenDelivery, open_delivery, record_attempt, stopped, supersede, troubled};
pub(super) use entitlement::entitlements;
pub(super) use notice::{NewNotice, forget_notices, insert_notice, notice, noticed_item};
pub(super) use telling::{doubted, given, release_order, tell, told};

use crate::db::Statement;
use std::sync::LazyLock;
use types::{MemberAreaId, PersonId, ProducerId};

pub(super) static ALL: LazyLock<Vec<Statement>> = LazyLock::new(|| {
    [
        area::STATEMENTS,
        concerned::STATEMENTS,
        delivery::STATEMENTS,
        entitlement::STATEMENTS,
        notice::STATEMENTS,
        telling::STATEMENTS,
    ]
    .concat()
});

/// A person in a member area of a producer: whose access it is, and where.
#[derive(Clone, Copy)]
pub(super) struct AreaMember {
    pub(super) producer: ProducerId,
    pub(super) area: MemberAreaId,
    pub(super) person: PersonId,
}
