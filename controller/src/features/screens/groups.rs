//! Groups of screens: each screen belongs to at most one, which is there as long as a screen is in it.

use shared::protocol::Down;

use super::{LONGEST_NAME, Status, Wish, list, set, tell};
use crate::{
    app::{App, Error, Result},
    store::{Stage, group_mark},
};

/// Screens that belong together.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Its name; empty for the screens that are in none.
    pub name: String,
    /// Its screens, by name.
    pub screens: Vec<Status>,
}

impl Group {
    /// The programme that all its screens follow, if it is one and the same.
    pub fn programme(&self) -> Option<&str> {
        let first = &self.screens.first()?.screen.programme_id;
        self.screens.iter().all(|status| status.screen.programme_id == *first).then_some(first)
    }
}

/// The name of a group as it is typed; empty for none. One that is there already is meant however it is written.
pub async fn group(app: &App, stage: &Stage, typed: &str) -> Result<String> {
    let name = tidy(typed)?;
    let known = known(app, stage).await?;
    Ok(known.into_iter().find(|held| held.to_lowercase() == name.to_lowercase()).unwrap_or(name))
}

fn tidy(typed: &str) -> Result<String> {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.chars().count() > LONGEST_NAME {
        return Err(Error::invalid("group", "screens.name.too_long"));
    }
    if name.chars().any(char::is_control) {
        return Err(Error::invalid("group", "screens.name.invalid"));
    }
    Ok(name)
}

/// Names of the groups that screens of a stage are in, in order.
pub async fn known(app: &App, stage: &Stage) -> Result<Vec<String>> {
    let screens = list(app, &stage.account_id, &stage.id).await?;
    Ok(grouped(screens).into_iter().map(|group| group.name).filter(|name| !name.is_empty()).collect())
}

/// Puts screens into their groups, by name; those in none come last.
pub fn grouped(screens: Vec<Status>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for status in screens {
        let name = &status.screen.group_name;
        match groups.iter_mut().find(|group| group.name == *name) {
            Some(group) => group.screens.push(status),
            None => groups.push(Group { name: name.clone(), screens: vec![status] }),
        }
    }
    groups.sort_by_key(|group| (group.name.is_empty(), group.name.to_lowercase()));
    groups
}

/// Has all screens of a group follow a programme of the stage.
pub async fn follow(app: &App, stage: &Stage, name: &str, programme_id: &str) -> Result<()> {
    for Status { screen, .. } in find(app, stage, name).await? {
        let tags = screen.tags();
        let wish = Wish {
            name: &screen.name,
            rotation: screen.rotation,
            tags: &tags,
            group: &screen.group_name,
            programme_id,
        };
        set(app, &stage.account_id, &screen.id, &wish).await?;
    }
    Ok(())
}

/// Gives a group another name; one that there is already takes its screens in. An empty one dissolves it.
pub async fn rename(app: &App, stage: &Stage, name: &str, typed: &str) -> Result<()> {
    let new = tidy(typed)?;
    let others = known(app, stage).await?.into_iter().filter(|held| held != name);
    let new = others.into_iter().find(|held| held.to_lowercase() == new.to_lowercase()).unwrap_or(new);
    let screens = find(app, stage, name).await?;
    // It is chosen by the name of its group: screens with another one would cease to show it.
    let mark = group_mark(name);
    let names_it = |tags: &str| serde_json::from_str::<Vec<String>>(tags).is_ok_and(|tags| tags.contains(&mark));
    let alerts = app.store.list_alerts(&stage.id, app.clock.now()).await?;
    if new != name && alerts.iter().any(|alert| names_it(&alert.tags)) {
        return Err(Error::invalid("group", "screens.group.alert"));
    }
    app.store.rename_screen_group(&stage.account_id, &stage.id, name, &new).await?;
    for Status { mut screen, .. } in screens {
        screen.group_name.clone_from(&new);
        app.live.tell(&screen.id, Down::Screen(screen.document()));
        tell(app, &stage.account_id, &screen.id);
    }
    Ok(())
}

/// The screens of a group; there is none without screens.
async fn find(app: &App, stage: &Stage, name: &str) -> Result<Vec<Status>> {
    let screens = list(app, &stage.account_id, &stage.id).await?;
    let found: Vec<_> = screens.into_iter().filter(|status| status.screen.group_name == name).collect();
    if name.is_empty() || found.is_empty() { Err(Error::NotFound("group")) } else { Ok(found) }
}

#[cfg(test)]
mod tests {
    use super::{Status, grouped, tidy};
    use crate::store::Screen;

    fn status(name: &str, group: &str) -> Status {
        let screen = Screen { name: name.to_owned(), group_name: group.to_owned(), ..Screen::default() };
        Status::new(screen, false, None, 0)
    }

    #[test]
    fn screens_stand_in_their_groups_and_those_in_none_come_last() {
        let all = vec![status("a", ""), status("b", "Rathaus"), status("c", "bücherei"), status("d", "Rathaus")];

        let groups = grouped(all);

        let names = |group: &super::Group| group.screens.iter().map(|s| s.screen.name.clone()).collect::<String>();
        let told: Vec<_> = groups.iter().map(|group| (group.name.as_str(), names(group))).collect();
        assert_eq!(told, [("bücherei", "c".to_owned()), ("Rathaus", "bd".to_owned()), ("", "a".to_owned())]);
        assert_eq!(groups[1].programme(), Some(""));
    }

    #[test]
    fn a_name_is_tidied() {
        assert_eq!(tidy("  Rathaus \t Süd ").unwrap(), "Rathaus Süd");
        assert_eq!(tidy(" ").unwrap(), "");
        assert!(tidy("a\u{7}").is_err() && tidy(&"x".repeat(61)).is_err());
    }
}
