//! Small tools of the controller that know no noun.

pub mod agents;
pub mod attempts;
pub mod clock;
pub mod colour;
pub mod dates;
pub mod dns;
pub mod html;
pub mod http;
pub mod ids;
pub mod keys;
pub mod packing;
pub mod passwords;
pub mod pictures;
pub mod quotas;
pub mod shares;
pub mod stems;
pub mod text;
pub mod words;
pub mod zones;
