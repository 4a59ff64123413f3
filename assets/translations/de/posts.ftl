# Der Schreibtisch.
posts-newsroom = Newsroom öffnen
posts-none = Noch keine Beiträge
posts-none-text = Verbinden Sie einen Feed – was dort erscheint, steht wenige Augenblicke später hier.
posts-none-link = Quelle verbinden
posts-none-here = Hier ist gerade nichts.
posts-filter = Welche Beiträge
posts-filter-all = Alle
posts-filter-shown = Sichtbar
posts-filter-hidden = Verborgen
posts-older = Ältere Beiträge
posts-state-shown = Sichtbar
posts-state-hidden = Verborgen
posts-original = Original
posts-hide = Verbergen
posts-show = Zeigen
done-post_hidden = Verborgen. Der Beitrag ist aus dem Newsroom und von allen Bildschirmen verschwunden.
done-post_shown = Sichtbar. Der Beitrag steht im Newsroom und auf Ihren Bildschirmen.
