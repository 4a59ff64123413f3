//! Small tools of the controller that know no noun: the guarded HTTP client, clean text, dates.

pub mod dates;
pub mod http;
pub mod pictures;
