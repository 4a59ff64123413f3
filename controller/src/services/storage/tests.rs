//! Files in a folder: whole or not at all.

use super::*;

fn name_of(content: &[u8]) -> FileName {
    FileName::parse(&crate::tools::pictures::sha256(content)).unwrap()
}

async fn read(storage: &Storage, name: &FileName, part: Range<u64>) -> Option<Vec<u8>> {
    let pieces = storage.open(name, part, 200_000).await.unwrap()?;
    Some(pieces.try_fold(Vec::new(), |all, piece| async move { Ok([all, piece.to_vec()].concat()) }).await.unwrap())
}

#[tokio::test]
async fn what_is_put_is_read_back_whole_and_in_parts() {
    let folder = tempfile::tempdir().unwrap();
    let storage = Storage::folder(folder.path()).unwrap();
    let content: Vec<u8> = (0..200_000_u32).map(|n| (n % 251) as u8).collect();
    let name = name_of(&content);

    storage.put(&name, content.clone()).await.unwrap();
    storage.put(&name, content.clone()).await.unwrap();

    let place = folder.path().join(&name.as_str()[..2]).join(&name.as_str()[2..4]).join(name.as_str());
    assert_eq!(std::fs::read(place).unwrap(), content);
    assert_eq!(storage.get(&name).await.unwrap().unwrap(), content);
    assert_eq!(read(&storage, &name, 0..200_000).await.unwrap(), content);
    assert_eq!(read(&storage, &name, 70_000..150_001).await.unwrap(), &content[70_000..150_001]);
    assert_eq!(read(&storage, &name, 5..5).await.unwrap(), b"");
    let listed: Vec<_> = storage.list().try_collect().await.unwrap();
    assert_eq!((listed.len(), &listed[0].name, listed[0].length), (1, &name, 200_000));
}

#[tokio::test]
async fn a_large_file_is_put_and_copied_piece_by_piece() {
    let folder = tempfile::tempdir().unwrap();
    let storage = Storage::folder(&folder.path().join("media")).unwrap();
    let content = vec![7; PIECE_BYTES + 5];
    let (name, from, to) = (name_of(&content), folder.path().join("from"), folder.path().join("to"));
    std::fs::write(&from, &content).unwrap();

    storage.put_file(&name, &from).await.unwrap();
    let mut copy = tokio::fs::File::create(&to).await.unwrap();
    assert!(storage.copy_to(&name, &mut copy).await.unwrap());

    assert_eq!(std::fs::read(&to).unwrap(), content);
    assert!(!storage.copy_to(&name_of(b"none"), &mut copy).await.unwrap());
    assert!(storage.put_file(&name_of(b"none"), &folder.path().join("none")).await.is_err());
    assert_eq!(storage.list().try_collect::<Vec<_>>().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_small_file_is_held_in_memory_until_it_is_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let storage = Storage::folder(folder.path()).unwrap();
    let (small, large) = (name_of(b"small"), name_of(&[7; 300_000]));
    storage.put(&small, b"small".to_vec()).await.unwrap();
    storage.put(&large, vec![7; 300_000]).await.unwrap();

    assert!(storage.small(&small, 4).await.is_err(), "another length than its row says");
    assert_eq!(storage.small(&small, 5).await.unwrap().unwrap(), "small");
    assert_eq!(storage.small(&large, 300_000).await.unwrap(), None);
    let place = folder.path().join(&small.as_str()[..2]).join(&small.as_str()[2..4]).join(small.as_str());
    std::fs::rename(&place, folder.path().join("away")).unwrap();
    assert_eq!(storage.small(&small, 5).await.unwrap().unwrap(), "small", "without the disk");

    std::fs::rename(folder.path().join("away"), &place).unwrap();
    storage.delete(&small).await.unwrap();
    assert_eq!(storage.small(&small, 5).await.unwrap(), None);
}

#[tokio::test]
async fn what_is_deleted_is_gone_and_may_be_deleted_again() {
    let folder = tempfile::tempdir().unwrap();
    let storage = Storage::folder(folder.path()).unwrap();
    let name = name_of(b"gone");
    storage.put(&name, b"gone".to_vec()).await.unwrap();
    assert!(storage.exists(&name).await.unwrap());

    storage.delete(&name).await.unwrap();
    storage.delete(&name).await.unwrap();

    assert!(!storage.exists(&name).await.unwrap());
    assert!(read(&storage, &name, 0..4).await.is_none());
    assert!(storage.get(&name).await.unwrap().is_none());
}

#[tokio::test]
async fn what_a_killed_writer_left_is_never_listed_and_cleared_later() {
    let folder = tempfile::tempdir().unwrap();
    let storage = Storage::folder(folder.path()).unwrap();
    let name = name_of(b"whole");
    storage.put(&name, b"whole".to_vec()).await.unwrap();
    let left = folder.path().join(&name.as_str()[..2]).join(format!("{}#1", name.as_str()));
    std::fs::write(&left, b"who").unwrap();

    assert_eq!(storage.list().try_collect::<Vec<_>>().await.unwrap().len(), 1);
    assert_eq!(storage.clear_unfinished(Duration::from_secs(60)).await.unwrap(), 0);
    assert_eq!(storage.clear_unfinished(Duration::ZERO).await.unwrap(), 1);

    assert!(!left.exists() && storage.exists(&name).await.unwrap());
}

#[test]
fn only_a_hash_is_a_name() {
    let good = "0123456789abcdef".repeat(4);
    assert!(FileName::parse(&good).is_some());
    for bad in ["", "../../etc/passwd", &good[1..], &good.to_uppercase(), &format!("{good}0"), &good.replace('0', "/")]
    {
        assert!(FileName::parse(bad).is_none(), "{bad}");
    }
}

#[test]
fn a_full_disk_is_told_apart() {
    let full =
        object_store::Error::Generic { store: "folder", source: Box::new(io::Error::from(io::ErrorKind::StorageFull)) };
    assert!(matches!(Error::from(full), Error::Full));
}
