//! Small tools of the controller that know no noun.

pub mod clock;
pub mod colour;
pub mod dates;
pub mod http;
pub mod ids;
pub mod keys;
pub mod pictures;
pub mod words;
