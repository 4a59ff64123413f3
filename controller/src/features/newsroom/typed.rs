//! What is typed into the form of a newsroom, checked.

use super::Profile;
use crate::{
    app::Problem,
    features::accounts::{Mail, Phone},
    store::{Newsroom, PressContact},
};

/// Most links to profiles.
pub const MOST_PROFILES: usize = 12;
/// Most press contacts.
pub const MOST_CONTACTS: usize = 8;
/// Most downloads.
pub const MOST_FILES: usize = 60;
/// Longest name and longest role, in characters.
const LONGEST: usize = 120;

/// What stands in the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// Addresses of the institution elsewhere, one a line.
    pub profiles: String,
    /// Address of the imprint.
    pub imprint: String,
    /// Address of the privacy notice.
    pub privacy: String,
    /// Whom the press may ask; who has no name, mail and number is not there.
    pub contacts: Vec<PressContact>,
    /// Ids of library entries that the press may download.
    pub files: Vec<String>,
}

impl Typed {
    /// What is to be kept, or what is wrong.
    pub(super) fn checked(&self) -> Result<(Newsroom, Vec<PressContact>), Vec<Problem>> {
        let mut problems = Vec::new();
        let lines = self.profiles.lines().map(str::trim).filter(|line| !line.is_empty());
        let read: Vec<_> = lines.map(Profile::of).collect();
        if read.iter().any(Option::is_none) {
            problems.push(Problem { field: "profiles", key: "newsroom.profiles.invalid" });
        }
        if read.len() > MOST_PROFILES {
            problems.push(Problem { field: "profiles", key: "newsroom.profiles.many" });
        }
        if self.files.len() > MOST_FILES {
            problems.push(Problem { field: "files", key: "newsroom.files.many" });
        }
        let mut page = |field, typed: &str| match typed.trim() {
            "" => String::new(),
            typed => Profile::of(typed).map(|page| page.address).unwrap_or_else(|| {
                problems.push(Problem { field, key: "newsroom.page.invalid" });
                String::new()
            }),
        };
        let (imprint, privacy) = (page("imprint", &self.imprint), page("privacy", &self.privacy));
        let contacts: Vec<_> = self.contacts.iter().map(trimmed).filter(|contact| !is_empty(contact)).collect();
        for contact in &contacts {
            problems.extend(problem(contact));
        }
        if contacts.len() > MOST_CONTACTS {
            problems.push(Problem { field: "contacts", key: "newsroom.contacts.many" });
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let addresses: Vec<_> = read.into_iter().flatten().map(|profile| profile.address).collect();
        // Texts in a list: nothing that JSON could not hold.
        let profiles = serde_json::to_string(&addresses).unwrap_or_default();
        Ok((Newsroom { profiles, imprint, privacy, has_press: false }, contacts))
    }
}

fn trimmed(contact: &PressContact) -> PressContact {
    let [name, role, mail, phone] =
        [&contact.name, &contact.role, &contact.mail, &contact.phone].map(|text| text.trim().to_owned());
    PressContact { name, role, mail, phone }
}

fn is_empty(contact: &PressContact) -> bool {
    contact.name.is_empty() && contact.role.is_empty() && contact.mail.is_empty() && contact.phone.is_empty()
}

/// What is wrong with a contact.
fn problem(contact: &PressContact) -> Option<Problem> {
    let wrong = |key| Some(Problem { field: "contacts", key });
    let fits = |text: &str| text.chars().count() <= LONGEST && !text.chars().any(char::is_control);
    if contact.name.is_empty() || !fits(&contact.name) || !fits(&contact.role) {
        return wrong("newsroom.contacts.name");
    }
    if !contact.mail.is_empty() && Mail::parse(&contact.mail).is_err() {
        return wrong("newsroom.contacts.mail");
    }
    if Phone::parse(&contact.phone).is_err() {
        return wrong("newsroom.contacts.phone");
    }
    if contact.mail.is_empty() && contact.phone.is_empty() {
        return wrong("newsroom.contacts.way");
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{PressContact, Typed};

    fn contact(name: &str, mail: &str, phone: &str) -> PressContact {
        PressContact { name: name.into(), role: String::new(), mail: mail.into(), phone: phone.into() }
    }

    #[test]
    fn what_is_empty_is_left_out_and_what_is_right_is_kept_as_it_should_be() {
        let typed = Typed {
            profiles: "\n stadt.example \n\nhttps://social.example/@stadt\n".into(),
            imprint: "stadt.example/impressum".into(),
            contacts: vec![contact(" Ada Beispiel ", "presse@stadt.example", ""), contact("", " ", "")],
            ..Typed::default()
        };

        let (newsroom, contacts) = typed.checked().unwrap();

        assert_eq!(newsroom.profiles, r#"["https://stadt.example/","https://social.example/@stadt"]"#);
        assert_eq!(newsroom.imprint, "https://stadt.example/impressum");
        assert_eq!(contacts, [contact("Ada Beispiel", "presse@stadt.example", "")]);
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let typed = Typed {
            profiles: "javascript:alert(1)".into(),
            imprint: "nirgends".into(),
            privacy: "ftp://stadt.example".into(),
            contacts: vec![
                contact("", "a@b.example", ""),
                contact("Ada", "a@b", ""),
                contact("Ada", "", "anrufen!"),
                contact("Ada", "", ""),
            ],
            files: vec![String::new(); 61],
        };

        let keys: Vec<_> = typed.checked().unwrap_err().iter().map(|problem| problem.key).collect();

        assert_eq!(
            keys,
            [
                "newsroom.profiles.invalid",
                "newsroom.files.many",
                "newsroom.page.invalid",
                "newsroom.page.invalid",
                "newsroom.contacts.name",
                "newsroom.contacts.mail",
                "newsroom.contacts.phone",
                "newsroom.contacts.way",
            ]
        );
    }
}
