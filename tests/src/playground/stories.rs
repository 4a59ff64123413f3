//! What an invented town has to say.

/// A story: words and, mostly, a picture.
pub(super) struct Story {
    pub(super) words: &'static str,
    /// A photograph of the demo's, and what is to be seen.
    pub(super) picture: Option<(&'static str, &'static str)>,
}

const fn story(words: &'static str, file: &'static str, alt: &'static str) -> Story {
    Story { words, picture: Some((file, alt)) }
}

/// What is said of a story once more.
pub(super) const ADDED: &str = " Nachtrag: Los geht es eine Stunde später als zuerst gemeldet.";

/// Every story; each network begins with another one.
pub(super) const STORIES: [Story; 15] = [
    story(
        "Die Alte Brücke ist ab Montag wieder frei, zwei Wochen früher als geplant. Danke für Ihre Geduld! #Verkehr",
        "bridge.jpg",
        "Eine steinerne Brücke über den Fluss",
    ),
    story(
        "Die Stadtbibliothek öffnet samstags jetzt schon um 9 Uhr. Wer früh kommt, sitzt am Fenster. #Bibliothek",
        "library.jpg",
        "Regale und ein Lesesessel in der Bibliothek",
    ),
    story(
        "Das Hallenbad ist wieder offen. Im neuen Becken für Kinder hat das Wasser 31 Grad. #Sport",
        "pool.jpg",
        "Ein leeres Schwimmbecken mit Bahnen",
    ),
    Story {
        words: "Der Stadtrat tagt am Donnerstag um 18 Uhr im Bürgersaal. Die Sitzung ist öffentlich. #Rat",
        picture: None,
    },
    story(
        "Premiere am Freitag im Stadttheater: „Der zerbrochne Krug“. Restkarten gibt es an der Abendkasse. #Kultur",
        "theatre.jpg",
        "Ein roter Vorhang im Licht der Bühne",
    ),
    story(
        "Neu im Museum: Spielzeug aus vier Jahrhunderten. Im Erdgeschoss ist Anfassen ausdrücklich erlaubt. #Museum",
        "museum.jpg",
        "Ein Saal des Museums mit Bildern",
    ),
    story(
        "Wir pflanzen 120 Linden in der Hafenallee. Wer Pate werden möchte: Rathaus, Zimmer 14. #Umwelt",
        "avenue.jpg",
        "Eine Allee im Herbst",
    ),
    story(
        "3 : 1! Unsere Jugend gewinnt das Derby und steht im Halbfinale. #Sport",
        "football.jpg",
        "Ein Fußball auf dem Rasen",
    ),
    Story {
        words: "Am Mittwoch bleibt das Bürgerbüro wegen einer Schulung geschlossen, ab Donnerstag sind wir wieder da. #Service",
        picture: None,
    },
    story(
        "Laternenumzug am Samstag: Treffpunkt ist um 17 Uhr der Marktbrunnen. Bringen Sie einen Becher mit! #Familie",
        "lanterns.jpg",
        "Bunte Laternen in der Dämmerung",
    ),
    story(
        "Die Hafenrundfahrt beginnt ihre Saison. Am Sonntag fahren Kinder unter zehn Jahren frei. #Hafen",
        "harbour.jpg",
        "Boote im Hafen am Abend",
    ),
    story(
        "Winterdienst: Die Hauptstraßen sind geräumt, in den Nebenstraßen fahren Sie bitte vorsichtig. #Winter",
        "snow.jpg",
        "Verschneite Häuser",
    ),
    story(
        "Der Leuchtturm wird 150. Am Geburtstag darf jeder hinauf, die 211 Stufen zählen wir gemeinsam. #Hafen",
        "lighthouse.jpg",
        "Der Leuchtturm auf der Mole",
    ),
    story(
        "Langer Abend der Sternwarte: Wir schauen auf den Saturn, wenn die Wolken es zulassen. #Kultur",
        "nightsky.jpg",
        "Sterne über dem Land",
    ),
    story(
        "Reparaturcafé am Samstag ab 14 Uhr: Toaster, Hosen und Fahrräder bekommen eine zweite Chance. #Umwelt",
        "coffee.jpg",
        "Eine Tasse Kaffee auf einem Tisch",
    ),
];
