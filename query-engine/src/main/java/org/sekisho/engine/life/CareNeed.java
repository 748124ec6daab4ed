package org.sekisho.engine.life;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.SplittableRandom;
import org.sekisho.engine.duckdb.RowBatch;

/** Need of long-term care: comes with age, faster after a stroke or a fracture, and mostly grows. */
final class CareNeed {
    private static final byte[][] LEVELS = {
        "12".getBytes(UTF_8),
        "13".getBytes(UTF_8),
        "21".getBytes(UTF_8),
        "22".getBytes(UTF_8),
        "23".getBytes(UTF_8),
        "24".getBytes(UTF_8),
        "25".getBytes(UTF_8)
    };

    private final Person person;
    private final RowBatch rows;
    private final SplittableRandom random;
    private int level = -1;

    CareNeed(Person person, RowBatch rows, SplittableRandom random) {
        this.person = person;
        this.rows = rows;
        this.random = random;
    }

    /** Whoever needed care before observation has an older certificate. */
    void begin(long from) {
        var age = person.age(from);
        if (age >= 65 && random.nextDouble() < 0.6 / (1 + Math.exp(-(age - 85) / 4))) {
            level = random.nextInt(6);
            certify(from - random.nextInt(400));
        }
    }

    void month(int month) {
        var day = Months.firstDay(month);
        var age = person.age(day);
        if (age >= 65 && random.nextDouble() < (level < 0 ? 0.0006 : 0.012) * Math.exp((age - 75) / 14)) {
            grow(1, day + random.nextInt(28));
        }
    }

    /** After a stroke or a fracture; from 40 on, as the law has it. */
    void grow(int steps, long day) {
        if (person.age(day) < 40 || day > Person.LAST) {
            return;
        }
        var next = Math.min(LEVELS.length - 1, level + steps);
        if (next != level) {
            level = next;
            certify(day);
        }
    }

    private void certify(long day) {
        rows.integer(person.id).date(day).text(LEVELS[level]).end();
    }
}
