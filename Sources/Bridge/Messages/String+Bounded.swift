extension String {
    /// The text cut to at most so many bytes of UTF-8, between two code points.
    func cut(toBytes most: Int) -> String {
        guard utf8.count > most else { return self }
        var room = most
        let kept = unicodeScalars.prefix { scalar in
            room -= UTF8.width(scalar)
            return room >= 0
        }
        return String(kept)
    }
}
