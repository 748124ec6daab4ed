package org.sekisho.gateway.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Entries from the newest to the oldest; {@code next} continues the search and is null after the last page. */
public record Page(List<Entry> entries, @Nullable String next) {}
