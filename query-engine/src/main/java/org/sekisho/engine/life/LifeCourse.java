package org.sekisho.engine.life;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.LocalDate;
import java.util.SplittableRandom;

/** Lives one person's observed months and writes down what administrations would know of them. */
final class LifeCourse {
    private static final byte[] MALE = "M".getBytes(UTF_8);
    private static final byte[] FEMALE = "F".getBytes(UTF_8);
    private static final byte[][] CAUSES = {
        "C349".getBytes(UTF_8), "I259".getBytes(UTF_8), "R54".getBytes(UTF_8), "J189".getBytes(UTF_8),
        "I639".getBytes(UTF_8), "C189".getBytes(UTF_8), "N189".getBytes(UTF_8), "X59".getBytes(UTF_8)
    };

    private final Person person;
    private final LifeRows rows;
    private final SplittableRandom random;
    private final Treatment treatment;
    private final Checkups checkups;
    private final CareNeed careNeed;

    LifeCourse(Person person, LifeRows rows, Facilities facilities, SplittableRandom random) {
        this.person = person;
        this.rows = rows;
        this.random = random;
        this.treatment = new Treatment(person, rows, facilities, random);
        this.checkups = new Checkups(person, rows.checkup, facilities, random);
        this.careNeed = new CareNeed(person, rows.careLevel, random);
    }

    void live() {
        var from = Math.max(person.born, random.nextInt(100) < 7 ? someDay() : Person.FIRST);
        var leaves = random.nextInt(100) < 12 ? from + random.nextInt(1400) : Person.LAST;
        var to = Math.min(leaves, Person.LAST);
        careNeed.begin(from);
        for (var month = Months.of(from); month < Months.COUNT && Months.firstDay(month) <= to; month++) {
            var day = Math.max(from, Months.firstDay(month));
            var fatal = treatment.month(month, careNeed);
            checkups.month(month);
            careNeed.month(month);
            if (fatal || dies(person.age(day))) {
                to = Math.max(treatment.lastDay(), day + random.nextInt(28));
                to = Math.max(from, Math.min(to, Person.LAST));
                rows.death
                        .integer(person.id)
                        .date(to)
                        .text(fatal ? treatment.lastDisease() : CAUSES[random.nextInt(CAUSES.length)])
                        .end();
                break;
            }
        }
        new Insurance(person, rows.coverage, random).spells(from, to);
        register(from, to);
    }

    private void register(long from, long to) {
        rows.person
                .integer(person.id)
                .text(person.woman ? FEMALE : MALE)
                .integer(LocalDate.ofEpochDay(person.born).getYear())
                .text(person.home.prefecture().jis())
                .text(person.home.prefecture().ja())
                .text(person.home.code())
                .date(from)
                .date(to)
                .end();
    }

    /** Gompertz: about 1% a year at 64, 8% at 85; fewer women. */
    private boolean dies(double age) {
        var yearly = 2e-5 * Math.exp(0.0975 * age) * (person.woman ? 0.75 : 1.3);
        return random.nextDouble() < yearly / 12;
    }

    private long someDay() {
        return Person.FIRST + random.nextInt((int) (Person.LAST - Person.FIRST));
    }
}
