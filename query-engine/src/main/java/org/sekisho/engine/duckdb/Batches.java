package org.sekisho.engine.duckdb;

import java.io.IOException;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;

/** Takes a result while it is read. */
public interface Batches {

    /** Called once, before any batch. The root is reused for every batch. */
    void begin(List<NamedType> columns, VectorSchemaRoot root, DictionaryProvider dictionaries) throws IOException;

    /** Called when the root holds the next batch; false ends the reading. */
    boolean batch() throws IOException;

    /** A column of a result and its DuckDB type in SQL. */
    record NamedType(String name, String type) {}
}
