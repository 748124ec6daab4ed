package org.sekisho.engine.life;

import java.util.SplittableRandom;
import org.sekisho.engine.duckdb.RowBatch;

/** Spells of coverage: changes of job, marriage and the 75th birthday end one and begin the next. */
final class Insurance {
    private final Person person;
    private final RowBatch rows;
    private final SplittableRandom random;
    private int insurers;
    private int names;
    private boolean employed;

    Insurance(Person person, RowBatch rows, SplittableRandom random) {
        this.person = person;
        this.rows = rows;
        this.random = random;
        this.employed = random.nextInt(100) < 66;
    }

    void spells(long from, long to) {
        var begin = from;
        var number = number(begin);
        while (begin <= to) {
            var end = Math.min(to, nextChange(begin));
            write(begin, end, number);
            begin = end + 1;
            if (begin <= to) {
                number = change(begin, number);
            }
        }
    }

    private String change(long day, String number) {
        if (person.age(day) < 75 && marries(day)) {
            names++;
            return number;
        }
        insurers++;
        employed = employed == (random.nextInt(100) < 55);
        return number(day);
    }

    private boolean marries(long day) {
        var age = person.age(day);
        return person.woman && age > 20 && age < 45 && random.nextInt(100) < 35;
    }

    /** Last day of a spell that begins now, unless observation ends before. */
    private long nextChange(long day) {
        var age = person.age(day);
        var elderly = person.born + (long) Math.ceil(75 * 365.2425);
        if (age >= 75) {
            return Person.LAST;
        }
        var days = (long) (-Math.log(1 - random.nextDouble()) * (age < 65 ? 9 : 20) * 365);
        return Math.min(day + Math.max(30, days), elderly - 1);
    }

    private String kind(long day) {
        var age = person.age(day);
        return age >= 75 ? "elderly" : employed && age < 68 ? "employee" : "municipal";
    }

    /** Eight digits: scheme, prefecture, insurer. */
    private String number(long day) {
        var scheme = switch (kind(day)) {
            case "elderly" -> "39";
            case "employee" -> "06";
            default -> "00";
        };
        var choice = "employee".equals(kind(day)) ? random.nextInt(40) : person.home.inhabitants() % 20;
        return scheme + person.home.prefecture().jis() + (1000 + choice * 17);
    }

    private void write(long from, long to, String number) {
        rows.integer(person.id)
                .text(kind(from))
                .text(number)
                .text(person.age(from) < 22 || (person.woman && person.number % 3 == 0) ? "family" : "self")
                .integer(identifier(1, insurers))
                .integer(identifier(2, names))
                .date(from)
                .date(to)
                .end();
    }

    private long identifier(int which, int version) {
        return ((long) person.number << 16 | (long) which << 12 | Math.min(version, 4095)) & Long.MAX_VALUE;
    }
}
