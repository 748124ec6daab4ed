package org.sekisho.engine.life;

import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.sekisho.engine.duckdb.RowBatch;

/** One batch for each table that a life writes to. */
final class LifeRows implements AutoCloseable {
    final RowBatch person;
    final RowBatch coverage;
    final RowBatch claim;
    final RowBatch diagnosis;
    final RowBatch procedure;
    final RowBatch drug;
    final RowBatch dpcStay;
    final RowBatch checkup;
    final RowBatch careLevel;
    final RowBatch death;

    LifeRows(BufferAllocator allocator) {
        this.person = new RowBatch(LifeTables.PERSON, allocator);
        this.coverage = new RowBatch(LifeTables.COVERAGE, allocator);
        this.claim = new RowBatch(LifeTables.CLAIM, allocator);
        this.diagnosis = new RowBatch(LifeTables.DIAGNOSIS, allocator);
        this.procedure = new RowBatch(LifeTables.PROCEDURE, allocator);
        this.drug = new RowBatch(LifeTables.DRUG, allocator);
        this.dpcStay = new RowBatch(LifeTables.DPC_STAY, allocator);
        this.checkup = new RowBatch(LifeTables.CHECKUP, allocator);
        this.careLevel = new RowBatch(LifeTables.CARE_LEVEL, allocator);
        this.death = new RowBatch(LifeTables.DEATH, allocator);
    }

    List<RowBatch> all() {
        return List.of(person, coverage, claim, diagnosis, procedure, drug, dpcStay, checkup, careLevel, death);
    }

    void clear() {
        all().forEach(RowBatch::clear);
    }

    @Override
    public void close() {
        all().forEach(RowBatch::close);
    }
}
