package org.sekisho.engine.life;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.sekisho.engine.life.Person.Illness;

/** What clinics, pharmacies and hospitals claim for one person. */
final class Treatment {
    private static final byte[] OUTPATIENT = bytes("outpatient");
    private static final byte[] PHARMACY = bytes("pharmacy");
    private static final byte[] DPC = bytes("dpc");
    private static final byte[] INPATIENT = bytes("inpatient");
    private static final byte[] FIRST_VISIT = bytes("111000110");
    private static final byte[] VISIT = bytes("112007410");
    private static final byte[] GUIDANCE = bytes("113001810");
    private static final byte[] WARD = bytes("190117710");
    private static final byte[] OPERATION = bytes("150253010");
    private static final byte[] PRESCRIPTION = bytes("120002910");
    private static final byte[] DISPENSING = bytes("410000510");
    private static final byte[][] ACUTE = {
        bytes("J069"),
        bytes("J209"),
        bytes("A099"),
        bytes("L309"),
        bytes("H101"),
        bytes("N309"),
        bytes("S934"),
        bytes("J029"),
        bytes("B349"),
        bytes("R51"),
        bytes("K590"),
        bytes("U071")
    };
    private static final byte[][] ACUTE_DRUGS = {
        bytes("620007812"), bytes("620098801"), bytes("622341401"), bytes("620004422"), bytes("622404401")
    };
    private static final byte[][] SUDDEN = {bytes("J189"), bytes("S7200"), bytes("K358"), bytes("I639"), bytes("N10")};
    private static final String[] SUDDEN_DPC = {"040080", "160800", "060150", "010060", "110310"};

    private final Person person;
    private final LifeRows rows;
    private final Facilities facilities;
    private final SplittableRandom random;
    private final byte[] prefecture;
    private final List<Illness> due = new ArrayList<>();
    private int claims;
    private long inHospitalUntil = Long.MIN_VALUE;
    private byte[] lastDisease = SUDDEN[0];

    Treatment(Person person, LifeRows rows, Facilities facilities, SplittableRandom random) {
        this.person = person;
        this.rows = rows;
        this.facilities = facilities;
        this.random = random;
        this.prefecture = bytes(person.home.prefecture().jis());
    }

    long lastDay() {
        return inHospitalUntil;
    }

    byte[] lastDisease() {
        return lastDisease;
    }

    /** Treats for a month; says whether the person died in hospital. */
    boolean month(int month, CareNeed careNeed) {
        var first = Months.firstDay(month);
        if (inHospitalUntil >= first + 20) {
            return false;
        }
        due.clear();
        for (var illness : person.illnesses) {
            if (illness.onset() < first
                    && (month + illness.phase()) % illness.condition().interval() == 0
                    && random.nextInt(100) < 93) {
                due.add(illness);
            }
        }
        if (!due.isEmpty()) {
            regularVisit(month);
        }
        if (random.nextDouble() < acuteRate(person.age(first))) {
            acuteVisit(month);
        }
        return hospital(month, careNeed);
    }

    private static double acuteRate(double age) {
        return age < 7 ? 0.42 : age < 16 ? 0.2 : age < 65 ? 0.11 : 0.14;
    }

    private void regularVisit(int month) {
        var claim = nextClaim();
        var facility = facilities.clinic(person.home.prefecture(), person.clinic);
        var day = day(month);
        var points = procedure(claim, facility, day, VISIT, 73) + procedure(claim, facility, day, GUIDANCE, 225);
        for (var i = 0; i < due.size(); i++) {
            var illness = due.get(i);
            diagnosis(claim, facility, month, illness.condition().icd10(), illness.onset(), i == 0, false);
            if (random.nextInt(100) < 35) {
                points += procedure(claim, facility, day, illness.condition().test(), 20 + 30 * random.nextInt(12));
            }
        }
        points += prescribe(claim, facility, month, day);
        claim(claim, facility, month, OUTPATIENT, 1, points);
    }

    /** Drugs of all illnesses due: given out by the clinic, or by a pharmacy on a claim of its own. */
    private int prescribe(long claim, long facility, int month, long day) {
        if (!person.usesPharmacy) {
            return drugs(claim, facility, day);
        }
        var own = nextClaim();
        var pharmacy = facilities.pharmacy(person.home.prefecture(), person.clinic / 2);
        var points = procedure(own, pharmacy, day, DISPENSING, 42) + drugs(own, pharmacy, day);
        claim(own, pharmacy, month, PHARMACY, 1, points);
        return procedure(claim, facility, day, PRESCRIPTION, 68);
    }

    private int drugs(long claim, long facility, long day) {
        var points = 0;
        for (var illness : due) {
            var condition = illness.condition();
            var days = condition.interval() * 28;
            points += drug(claim, facility, day, condition.drugs()[illness.drug()], days, condition.rare() ? 40 : 3);
            if (condition.hospital() > 8 && random.nextInt(100) < 40) {
                points += drug(claim, facility, day, condition.drugs()[1 - illness.drug()], days, 2);
            }
        }
        return points;
    }

    private void acuteVisit(int month) {
        var claim = nextClaim();
        var facility = facilities.clinic(person.home.prefecture(), person.clinic + random.nextInt(4));
        var day = day(month);
        var points = procedure(claim, facility, day, FIRST_VISIT, 288);
        diagnosis(claim, facility, month, ACUTE[random.nextInt(ACUTE.length)], day, true, false);
        if (random.nextInt(100) < 20) {
            diagnosis(claim, facility, month, ACUTE[random.nextInt(ACUTE.length)], day, false, true);
        }
        var drugs = random.nextInt(3);
        for (var i = 0; i < drugs; i++) {
            points += drug(
                    claim, facility, day, ACUTE_DRUGS[random.nextInt(ACUTE_DRUGS.length)], 3 + random.nextInt(5), 3);
        }
        claim(claim, facility, month, OUTPATIENT, 1 + random.nextInt(2), points);
    }

    private boolean hospital(int month, CareNeed careNeed) {
        var first = Months.firstDay(month);
        for (var illness : person.illnesses) {
            if (illness.onset() < first
                    && random.nextInt(10_000) < illness.condition().hospital()) {
                return stay(
                        month, illness.condition().icd10(), illness.condition().dpc(), false);
            }
        }
        var age = person.age(first);
        if (random.nextDouble() < 0.0018 + 0.0004 * Math.exp((age - 40) / 12)) {
            var which = age < 45 ? 2 : random.nextInt(SUDDEN.length);
            if (which == 1 || which == 3) {
                careNeed.grow(1 + random.nextInt(3), first + 40 + random.nextInt(60));
            }
            return stay(month, SUDDEN[which], SUDDEN_DPC[which], true);
        }
        return false;
    }

    private boolean stay(int month, byte[] icd10, String dpc, boolean emergency) {
        var admitted = day(month);
        var age = person.age(admitted);
        var nights = (int) Math.min(180, Math.max(1, Math.exp(2.1 + age / 130 + random.nextGaussian() * 0.75)));
        var discharged = Math.min(Person.LAST, admitted + nights);
        var died = random.nextDouble() < 0.002 * Math.exp(age / 25) * (emergency ? 1.4 : 0.6);
        var operated = random.nextInt(100) < 38;
        var facility = facilities.hospital(person.home.prefecture(), person.hospital);
        var inDpc = random.nextInt(100) < 72;
        var points = 0;
        for (var m = month; m < Months.COUNT && Months.firstDay(m) <= discharged; m++) {
            points += stayMonth(m, admitted, discharged, facility, icd10, inDpc, operated && m == month);
        }
        if (inDpc) {
            rows.dpcStay
                    .integer(person.id)
                    .integer(facility)
                    .date(admitted)
                    .date(discharged)
                    .text(dpc + "xx" + (operated ? "01" : "99") + "x" + random.nextInt(3) + "0x")
                    .text(icd10)
                    .truth(emergency)
                    .integer(discharged - admitted + 1)
                    .integer(points)
                    .text(died ? "death" : random.nextInt(100) < 9 ? "transfer" : "home")
                    .end();
        }
        inHospitalUntil = discharged;
        lastDisease = icd10;
        return died;
    }

    private int stayMonth(
            int month, long admitted, long discharged, long facility, byte[] icd10, boolean inDpc, boolean operated) {
        var claim = nextClaim();
        var from = Math.max(admitted, Months.firstDay(month));
        var days = (int) (Math.min(discharged, Months.firstDay(month + 1) - 1) - from + 1);
        diagnosis(claim, facility, month, icd10, admitted, true, false);
        for (var illness : person.illnesses) {
            diagnosis(claim, facility, month, illness.condition().icd10(), illness.onset(), false, false);
        }
        var daily = 2_100 + random.nextInt(1_400);
        rows.procedure
                .integer(claim)
                .integer(person.id)
                .integer(facility)
                .date(from)
                .text(WARD)
                .integer(days)
                .integer(daily)
                .end();
        var points = days * daily;
        if (operated) {
            points += procedure(claim, facility, from + 1, OPERATION, 4_000 + random.nextInt(60_000));
        }
        points += drug(claim, facility, from, ACUTE_DRUGS[random.nextInt(ACUTE_DRUGS.length)], days, 12);
        claim(claim, facility, month, inDpc ? DPC : INPATIENT, days, points);
        return points;
    }

    private void claim(long claim, long facility, int month, byte[] kind, int days, int points) {
        var first = Months.firstDay(month);
        var age = (int) Math.max(0, person.age(first));
        var share = age < 6 ? 2 : age < 70 ? 3 : age < 75 ? 2 : 1;
        rows.claim
                .integer(claim)
                .integer(person.id)
                .integer(facility)
                .date(first)
                .text(kind)
                .text(prefecture)
                .integer(age)
                .integer(days)
                .integer(points)
                .integer(Math.min(80_100 + points / 10, points * share))
                .end();
    }

    private void diagnosis(
            long claim, long facility, int month, byte[] icd10, long onset, boolean main, boolean suspected) {
        rows.diagnosis
                .integer(claim)
                .integer(person.id)
                .integer(facility)
                .date(Months.firstDay(month))
                .text(icd10)
                .date(onset)
                .truth(main)
                .truth(suspected)
                .end();
    }

    private int procedure(long claim, long facility, long day, byte[] code, int points) {
        rows.procedure
                .integer(claim)
                .integer(person.id)
                .integer(facility)
                .date(day)
                .text(code)
                .integer(1)
                .integer(points)
                .end();
        return points;
    }

    private int drug(long claim, long facility, long day, byte[] code, int days, int daily) {
        var points = days * (daily + code[8] % 4) / 2 + 1;
        rows.drug
                .integer(claim)
                .integer(person.id)
                .integer(facility)
                .date(day)
                .text(code)
                .truth((code[7] + person.number) % 5 != 0)
                .number(1 + code[7] % 3)
                .integer(days)
                .integer(points)
                .end();
        return points;
    }

    private long day(int month) {
        return Months.firstDay(month) + random.nextInt(Months.length(month));
    }

    private long nextClaim() {
        return ((long) person.number << 14) + claims++;
    }

    private static byte[] bytes(String code) {
        return code.getBytes(UTF_8);
    }
}
