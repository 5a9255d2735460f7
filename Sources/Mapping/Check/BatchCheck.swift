extension MappingSet {
    /// Warnings W185: batches that more events would fill than the bridge holds at a time.
    ///
    /// They are launched nevertheless, smaller, after `max_wait`. A list of `for_each` fills a batch by itself, whatever
    /// the prefetch is, and a size that nobody wrote is nobody's mistake.
    package func batchesThatCannotFill(prefetch: Int) -> [Diagnostic] {
        mappings.compactMap { mapping in
            guard mapping.isEnabled, mapping.templates.forEach == nil, let (mark, items) = mapping.marks.batchSize,
                items > prefetch
            else { return nil }
            return Diagnostic(
                file: mapping.file, position: mark.position, code: .batchNeverFull, pointer: mark.pointer,
                message: "a batch of \(items) never fills: the bridge holds \(prefetch) events at a time",
                hint: "write \(prefetch) or less, or raise the setting broker.prefetch")
        }
    }
}
