//! `litfass account …`: accounts, for the operator.

use std::{io::BufRead, process::ExitCode};

use clap::{Args, Subcommand};

use super::{fail, log, open::open};
use crate::{
    app::{App, Error},
    config::Config,
    features::{
        accounts::{self, Mail, Password, Registration},
        media, operator,
    },
    tools::{
        clock::Clock,
        words::{self, Language},
    },
};

/// What can be done with accounts.
#[derive(Subcommand)]
pub(super) enum Deed {
    /// Makes an account; its password is the first line of standard input
    Create(Create),
    /// Lists accounts and their members, one member a line
    List,
    /// Says whose this instance is: its account writes the legal pages
    Operator {
        /// Id of the account that is to be the operator's from now on; without it nothing changes
        #[arg(long)]
        account: Option<String>,
    },
    /// Says how much an account may keep in its media library, and how much it does
    Quota {
        /// Id of the account
        #[arg(long)]
        account: String,
        /// New limit in megabytes, or `usual` for that of the settings; without it nothing changes
        #[arg(long, value_name = "MB")]
        megabytes: Option<String>,
    },
    /// Gives a member a new password (first line of standard input) and ends all their sessions
    SetPassword {
        /// Mail address of the member
        #[arg(long)]
        mail: String,
    },
}

/// Who owns the new account.
#[derive(Args)]
pub(super) struct Create {
    /// Name of the institution
    #[arg(long)]
    institution: String,
    /// First name of its owner
    #[arg(long)]
    first_name: String,
    /// Last name of its owner
    #[arg(long)]
    last_name: String,
    /// Mail address of its owner
    #[arg(long)]
    mail: String,
    /// Telephone number
    #[arg(long, default_value = "")]
    phone: String,
    /// Language of its owner: de or en
    #[arg(long, default_value = "en")]
    language: String,
}

/// Does it, and says on standard error why it cannot be done.
pub(super) async fn run(config: Config, deed: Deed) -> ExitCode {
    log::start(config.log_format);
    let app = match open(config, Clock::System).await {
        Ok(app) => app,
        Err(why) => return fail(1, &why),
    };
    let done = match deed {
        Deed::Create(who) => create(&app, who).await,
        Deed::List => list(&app).await,
        Deed::Operator { account } => appoint(&app, account.as_deref()).await,
        Deed::Quota { account, megabytes } => quota(&app, &account, megabytes.as_deref()).await,
        Deed::SetPassword { mail } => set_password(&app, &mail).await,
    };
    app.store.close().await;
    done.map_or_else(|why| fail(1, &why), |()| ExitCode::SUCCESS)
}

#[expect(clippy::print_stdout, reason = "a command talks to a terminal")]
async fn create(app: &App, who: Create) -> Result<(), String> {
    let Create { institution, first_name, last_name, mail, phone, language } = who;
    let language = Language::find(&language).ok_or("account: language: must be de or en")?;
    let typed = Registration { first_name, last_name, institution, phone, mail, password: password()? };
    let member = accounts::register(app, &typed, language).await.map_err(|error| tell(&error))?;
    println!("{}", member.account_id);
    Ok(())
}

#[expect(clippy::print_stdout, reason = "a command talks to a terminal")]
async fn list(app: &App) -> Result<(), String> {
    let failed = |error| tell(&Error::from(error));
    for account in app.store.list_accounts().await.map_err(failed)? {
        for member in app.store.list_members(&account.id).await.map_err(failed)? {
            println!("{}\t{}\t{}\t{}", account.id, account.institution, member.mail, member.role);
        }
    }
    Ok(())
}

#[expect(clippy::print_stdout, reason = "a command talks to a terminal")]
async fn quota(app: &App, account_id: &str, megabytes: Option<&str>) -> Result<(), String> {
    let failed = |error| tell(&Error::from(error));
    let accounts = app.store.list_accounts().await.map_err(failed)?;
    if !accounts.iter().any(|account| account.id == account_id) {
        return Err("account: account: there is none of this id; `litfass account list` names them".to_owned());
    }
    if let Some(text) = megabytes {
        let bytes = match text {
            "usual" => None,
            text => {
                let number: i64 = text
                    .parse()
                    .ok()
                    .filter(|number| (0..=100_000_000).contains(number))
                    .ok_or("account: megabytes: must be a whole number between 0 and 100000000, or `usual`")?;
                Some(number * 1_000_000)
            }
        };
        app.store.set_media_quota(account_id, bytes).await.map_err(failed)?;
    }
    let room = media::room(app, account_id).await.map_err(|error| format!("account: {error}"))?;
    println!("{}\t{}\t{}", account_id, room.used, room.most);
    Ok(())
}

#[expect(clippy::print_stdout, reason = "a command talks to a terminal")]
async fn appoint(app: &App, account_id: Option<&str>) -> Result<(), String> {
    if let Some(id) = account_id {
        match operator::appoint(app, id).await {
            Err(Error::NotFound(_)) => {
                return Err("account: account: there is none of this id; `litfass account list` names them".to_owned());
            }
            done => done.map_err(|error| tell(&error))?,
        }
    }
    let found = app.store.find_operator().await.map_err(|error| tell(&Error::from(error)))?;
    println!("{}", found.ok_or("account: operator: there is none; name one with --account")?);
    Ok(())
}

async fn set_password(app: &App, mail: &str) -> Result<(), String> {
    let refused = |problem| tell(&Error::Invalid(vec![problem]));
    let mail = Mail::parse(mail).map_err(refused)?;
    let found = app.store.find_member_by_mail(mail.as_str()).await.map_err(|error| tell(&Error::from(error)))?;
    let member = found.ok_or("account: mail: nobody has this address")?;
    let password = Password::parse("password", &password()?, &[mail.as_str()]).map_err(refused)?;
    accounts::set_password(app, &member, &password).await.map_err(|error| tell(&error))
}

/// The first line of standard input, without the end of the line and nothing else taken off.
fn password() -> Result<String, String> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).map_err(|error| format!("password: {error}"))?;
    let line = line.strip_suffix('\n').unwrap_or(&line);
    Ok(line.strip_suffix('\r').unwrap_or(line).to_owned())
}

/// What is wrong, in words.
fn tell(error: &Error) -> String {
    match error {
        Error::Invalid(problems) => {
            let told = problems.iter().map(|p| format!("{}: {}", p.field, words::say(Language::En, p.key, &[])));
            format!("account: {}", told.collect::<Vec<_>>().join("; "))
        }
        other => format!("account: {other}"),
    }
}
