//! Previews, drawn by kiosks that are scripts.

use std::os::unix::fs::PermissionsExt;

use super::*;

fn order(at: i64) -> Order {
    Order { programme: b"{}".to_vec(), at, width: 64, height: 36, files: Vec::new() }
}

/// A kiosk that is a script: it gets the folder as `$HOME` and must write `picture.png` there.
struct Fake {
    folder: TempDir,
    storage: Storage,
}

impl Fake {
    fn new(script: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("kiosk");
        std::fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        let storage = Storage::folder(&folder.path().join("store")).unwrap();
        Self { folder, storage }
    }

    fn previews(&self) -> Previews {
        Previews::new(vec![self.folder.path().join("kiosk")], self.folder.path().join("cache"), |name| {
            std::env::var_os(name)
        })
    }

    fn noted(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("notes")).unwrap_or_default()
    }
}

#[tokio::test]
async fn what_was_drawn_once_is_not_drawn_again_and_files_come_along() {
    let fake = Fake::new("echo x >> $(dirname $0)/notes; cat $HOME/media/* > $HOME/picture.png");
    let name = FileName::parse(&crate::tools::pictures::sha256(b"a file")).unwrap();
    fake.storage.put(&name, b"a file".to_vec()).await.unwrap();
    let large = (FileName::parse(&"0".repeat(64)).unwrap(), LARGEST_FILE_BYTES + 1);
    let order = Order { files: vec![(name, 6), large], ..order(1) };
    let previews = fake.previews();

    for _ in 0..3 {
        assert_eq!(previews.draw(&order, &fake.storage, "ada").await.unwrap(), "a file");
    }
    previews.draw(&Order { at: 2, ..order }, &fake.storage, "ada").await.unwrap();

    assert_eq!(fake.noted(), "x\nx\n");
}

#[tokio::test]
async fn each_ending_is_told_in_its_own_way() {
    let ended = async |script: &str| {
        let fake = Fake::new(script);
        fake.previews().draw(&order(1), &fake.storage, "ada").await.unwrap_err()
    };

    assert_eq!(ended("exit 3").await, Error::NoDriver);
    assert!(matches!(ended("exit 1").await, Error::Broken(why) if why.contains("ended with 1")));
    assert!(matches!(ended("kill -9 $$").await, Error::Broken(why) if why.contains("signal")));
    assert!(matches!(ended("exit 0").await, Error::Broken(why) if why.contains("find the picture")));
    let fake = Fake::new("");
    let nowhere = Previews::new(vec!["/nowhere/kiosk".into()], fake.folder.path().into(), |_| None);
    assert_eq!(nowhere.draw(&order(1), &fake.storage, "ada").await, Err(Error::Missing));
}

#[tokio::test]
async fn a_child_knows_no_secret_and_dies_with_all_it_started_when_nobody_waits_any_more() {
    let fake = Fake::new("env > $(dirname $0)/notes; sleep 60 & echo $! > $(dirname $0)/sleeper; wait");
    let (previews, order) = (fake.previews(), order(1));
    let waiting = previews.draw(&order, &fake.storage, "ada");
    let _ = tokio::time::timeout(Duration::from_secs(1), waiting).await;

    let known: Vec<_> = fake.noted().lines().filter_map(|line| Some(line.split_once('=')?.0.to_owned())).collect();
    let allowed = ["HOME", "XDG_CACHE_HOME", "PWD", "OLDPWD", "_", "SHLVL"];
    assert!(!known.is_empty());
    for name in &known {
        assert!(allowed.contains(&name.as_str()) || PASSED_ON.contains(&name.as_str()), "{name}");
    }
    let sleeper = std::fs::read_to_string(fake.folder.path().join("sleeper")).unwrap();
    let state = format!("/proc/{}/stat", sleeper.trim());
    for _ in 0..100 {
        // Gone, or dead and not yet fetched by whoever inherits it.
        match std::fs::read_to_string(&state) {
            Err(_) => return,
            Ok(text) if text.contains(") Z") => return,
            Ok(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
    panic!("the child's child lives on");
}

#[tokio::test]
async fn of_what_one_person_orders_only_the_newest_is_drawn() {
    let fake = Fake::new("sleep 0.3; echo x >> $(dirname $0)/notes; echo > $HOME/picture.png");
    let previews = fake.previews();
    let draw = |at: i64, who: &'static str| {
        let (previews, storage) = (previews.clone(), fake.storage.clone());
        tokio::spawn(async move { previews.draw(&order(at), &storage, who).await.map(drop) })
    };
    let moment = || tokio::time::sleep(Duration::from_millis(40));

    let first = draw(1, "ada");
    moment().await;
    let second = draw(2, "ada");
    moment().await;
    let other = draw(3, "bob");
    moment().await;
    let third = draw(4, "ada");

    assert_eq!(first.await.unwrap(), Ok(()), "it had begun");
    assert_eq!(second.await.unwrap(), Err(Error::Overtaken));
    assert_eq!((other.await.unwrap(), third.await.unwrap()), (Ok(()), Ok(())));
    assert_eq!(fake.noted(), "x\nx\nx\n");
}

#[test]
fn the_kiosk_is_looked_for_where_the_settings_say_or_beside_us_or_in_the_path() {
    let found = |named: Option<&str>| {
        programs(named.map(Into::into), Some(Path::new("/opt/bin/litfass")), Some("/usr/bin:/bin".into()))
    };

    assert_eq!(found(Some("/x/kiosk")), [PathBuf::from("/x/kiosk")]);
    let expected = ["/opt/bin/litfass-kiosk", "/usr/bin/litfass-kiosk", "/bin/litfass-kiosk"];
    assert_eq!(found(None), expected.map(PathBuf::from));
}
