//! Accounts: registering, logging in, changing a password.

mod rules;

pub use rules::{Institution, Mail, Password, PersonName, Phone};

use crate::{
    app::{App, Error, Problem, Result},
    store::{self, Account, Member},
    tools::{ids, passwords, words::Language},
};

/// What somebody types to register, not yet checked.
#[derive(Clone, Default)]
pub struct Registration {
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Name of the institution.
    pub institution: String,
    /// Telephone number; may be empty.
    pub phone: String,
    /// Mail address.
    pub mail: String,
    /// Password.
    pub password: String,
}

/// Whether somebody may register now: by the settings, or because nobody has yet.
pub async fn is_open(app: &App) -> Result<bool> {
    Ok(app.config.registration || !app.store.has_account().await?)
}

/// Makes an account with its first member, who owns it. Says everything that is wrong at once.
pub async fn register(app: &App, typed: &Registration, language: Language) -> Result<Member> {
    let mut problems = Vec::new();
    let first_name = note(&mut problems, PersonName::parse("first_name", &typed.first_name));
    let last_name = note(&mut problems, PersonName::parse("last_name", &typed.last_name));
    let institution = note(&mut problems, Institution::parse(&typed.institution));
    let phone = note(&mut problems, Phone::parse(&typed.phone));
    let mail = note(&mut problems, Mail::parse(&typed.mail));
    let own = [&typed.mail, &typed.first_name, &typed.last_name, &typed.institution].map(String::as_str);
    let password = note(&mut problems, Password::parse("password", &typed.password, &own));
    let (Some(first_name), Some(last_name), Some(institution), Some(phone), Some(mail), Some(password)) =
        (first_name, last_name, institution, phone, mail, password)
    else {
        return Err(Error::Invalid(problems));
    };
    // Spares the hash; the database has the last word.
    if app.store.find_member_by_mail(mail.as_str()).await?.is_some() {
        return Err(Error::invalid("mail", "accounts.mail.taken"));
    }
    let hash = passwords::hash(password.as_str()).await?;
    let now = app.clock.now();
    let account = Account { id: ids::new(now), institution: institution.0, phone: phone.0, created_at: now };
    let member = Member {
        id: ids::new(now),
        account_id: account.id.clone(),
        first_name: first_name.0,
        last_name: last_name.0,
        mail: mail.0,
        password: hash,
        role: "owner".to_owned(),
        language: language.code().to_owned(),
        created_at: now,
    };
    match app.store.add_account(&account, &member).await {
        Ok(()) => Ok(member),
        Err(store::Error::Taken) => Err(Error::invalid("mail", "accounts.mail.taken")),
        Err(error) => Err(error.into()),
    }
}

/// Finds who has this mail address and this password. Takes the same time and says the same whether the
/// address is unknown or the password wrong.
pub async fn log_in(app: &App, mail: &str, password: &str) -> Result<Member> {
    let mail = Mail::parse(mail).ok();
    let member = match &mail {
        Some(mail) => app.store.find_member_by_mail(mail.as_str()).await?,
        None => None,
    };
    let fits = passwords::fits(password, member.as_ref().map(|member| member.password.as_str())).await?;
    member.filter(|_| fits).ok_or_else(|| Error::invalid("", "accounts.login.wrong"))
}

/// The mail address a member logs in with.
pub async fn get_mail(app: &App, account_id: &str, member_id: &str) -> Result<String> {
    let member = app.store.find_member(account_id, member_id).await?;
    Ok(member.ok_or(Error::NotFound("member"))?.mail)
}

/// Changes a member's password and ends all their sessions.
pub async fn change_password(app: &App, account_id: &str, member_id: &str, old: &str, new: &str) -> Result<()> {
    let member = app.store.find_member(account_id, member_id).await?.ok_or(Error::NotFound("member"))?;
    let own = [member.mail.as_str(), &member.first_name, &member.last_name];
    let new = Password::parse("new", new, &own).map_err(|problem| Error::Invalid(vec![problem]))?;
    if !passwords::fits(old, Some(&member.password)).await? {
        return Err(Error::invalid("old", "accounts.password.wrong"));
    }
    set_password(app, &member, &new).await
}

/// Gives a member a new password and ends all their sessions.
pub async fn set_password(app: &App, member: &Member, password: &Password) -> Result<()> {
    let hash = passwords::hash(password.as_str()).await?;
    let done = app.store.change_password(&member.account_id, &member.id, &hash).await?;
    if done { Ok(()) } else { Err(Error::NotFound("member")) }
}

/// Remembers the language a member chose.
pub async fn speak(app: &App, account_id: &str, member_id: &str, language: Language) -> Result<()> {
    Ok(app.store.change_language(account_id, member_id, language.code()).await?)
}

/// Keeps the value, or notes what is wrong.
fn note<T>(problems: &mut Vec<Problem>, parsed: std::result::Result<T, Problem>) -> Option<T> {
    parsed.map_err(|problem| problems.push(problem)).ok()
}

impl From<passwords::Error> for Error {
    fn from(error: passwords::Error) -> Self {
        match error {
            passwords::Error::Busy => Self::Busy(3),
            passwords::Error::Broken(why) => Self::Internal(why),
        }
    }
}
