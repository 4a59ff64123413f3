// Whom this visitor follows, by the address of the newsroom: when the newest post was that they have seen there.
const follows = {
  all() {
    try {
      return JSON.parse(localStorage.getItem("litfass"))?.follow ?? {};
    } catch {
      return {};
    }
  },
  has: (stage) => Object.hasOwn(follows.all(), stage),
  seen: (stage) => (follows.has(stage) ? Date.parse(follows.all()[stage]) : 0) || 0,
  // Remembers until when a stage was seen; `null` forgets it.
  set(stage, seen) {
    try {
      const { [stage]: _, ...rest } = follows.all();
      const follow = seen === null ? rest : { ...rest, [stage]: seen };
      localStorage.setItem("litfass", JSON.stringify({ ...JSON.parse(localStorage.getItem("litfass")), follow }));
      return true;
    } catch {
      return false;
    }
  },
};
