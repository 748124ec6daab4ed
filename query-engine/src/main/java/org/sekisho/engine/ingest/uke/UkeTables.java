package org.sekisho.engine.ingest.uke;

import static org.sekisho.engine.catalog.ColumnKind.CODE;
import static org.sekisho.engine.catalog.ColumnKind.DATE;
import static org.sekisho.engine.catalog.ColumnKind.FACILITY;
import static org.sekisho.engine.catalog.ColumnKind.QUASI_IDENTIFIER;
import static org.sekisho.engine.catalog.ColumnKind.RECORD;
import static org.sekisho.engine.catalog.ColumnKind.VALUE;

import java.util.ArrayList;
import java.util.List;
import org.sekisho.engine.catalog.Column;
import org.sekisho.engine.catalog.ColumnKind;
import org.sekisho.engine.catalog.Dataset;
import org.sekisho.engine.catalog.Table;
import org.sekisho.engine.catalog.Text;

/** The canonical tables of medical receipts: one for each kind of record, and the persons. */
final class UkeTables {
    static final Table PERSON = Table.of(
            "person",
            "患者。複数のレセプトに現れても一人一行（名寄せ済み）。",
            "Patients, one row each however many receipts they have.",
            Column.of("person_id", "BIGINT", ColumnKind.PERSON, "個人の仮名。", "Pseudonym of the person."),
            Column.of("sex", "VARCHAR", QUASI_IDENTIFIER, "性別。M 男、F 女。", "Sex: M male, F female."),
            Column.of("birth_year", "INTEGER", QUASI_IDENTIFIER, "生年（西暦）。", "Year of birth."),
            Column.of("birth_month", "INTEGER", QUASI_IDENTIFIER, "生月。", "Month of birth."),
            Column.of(
                    "prefecture_code",
                    "VARCHAR",
                    QUASI_IDENTIFIER,
                    "最後に受診した医療機関の都道府県コード。",
                    "Prefecture of the facility seen last, two digits."));

    static final Table CLAIM = ofReceipt(
            "claim",
            "レセプト（REレコード）。",
            "Receipts (records RE).",
            Column.of("claimed_month", "DATE", DATE, "請求年月（その月の一日）。", "Month of the claim, its first day."),
            Column.of("claim_type", "VARCHAR", CODE, "レセプト種別（4桁）。", "Kind of receipt, four digits."),
            Column.of("inpatient", "BOOLEAN", CODE, "入院であるか。", "Whether it is for a stay in hospital."),
            Column.of(
                    "prefecture_code",
                    "VARCHAR",
                    QUASI_IDENTIFIER,
                    "医療機関の都道府県コード。",
                    "Prefecture of the facility, two digits."),
            Column.of("age", "INTEGER", QUASI_IDENTIFIER, "診療月初日の満年齢。", "Age on the first of the month."),
            Column.of("admitted", "DATE", DATE, "入院年月日。", "Day of admission."),
            Column.of("department", "VARCHAR", CODE, "診療科コード。", "Department code."),
            Column.of("days", "INTEGER", VALUE, "診療実日数。", "Days of treatment."),
            Column.of("points", "INTEGER", VALUE, "合計点数（1点は10円）。", "Points claimed (10 yen each)."));

    static final Table INSURANCE = ofReceipt(
            "insurance",
            "医療保険の請求（HOレコード）。",
            "What is claimed from health insurance (records HO).",
            Column.of("scheme", "VARCHAR", CODE, "法別番号。国民健康保険は00。", "Scheme, two digits; 00 municipal."),
            Column.of("days", "INTEGER", VALUE, "診療実日数。", "Days of treatment."),
            Column.of("points", "INTEGER", VALUE, "合計点数。", "Points."),
            Column.of("meals", "INTEGER", VALUE, "食事療養の回数。", "Meals."),
            Column.of("meal_cost", "INTEGER", VALUE, "食事療養の金額（円）。", "Cost of meals, yen."),
            Column.of("copayment", "INTEGER", VALUE, "負担金額（円）。", "Paid by the patient, yen."));

    static final Table PUBLIC_EXPENSE = ofReceipt(
            "public_expense",
            "公費負担医療の請求（KOレコード）。",
            "What is claimed from public funds (records KO).",
            Column.of("scheme", "VARCHAR", CODE, "法別番号（2桁）。", "Scheme, two digits."),
            Column.of("days", "INTEGER", VALUE, "診療実日数。", "Days of treatment."),
            Column.of("points", "INTEGER", VALUE, "合計点数。", "Points."),
            Column.of("copayment", "INTEGER", VALUE, "公費に係る患者負担額（円）。", "Paid by the patient, yen."),
            Column.of("copayment_outpatient", "INTEGER", VALUE, "外来一部負担金（円）。", "Outpatient copayment, yen."),
            Column.of("copayment_inpatient", "INTEGER", VALUE, "入院一部負担金（円）。", "Inpatient copayment, yen."));

    static final Table QUALIFICATION = ofReceipt(
            "qualification",
            "資格確認（SNレコード）。番号は持たない。",
            "Confirmation of entitlement (records SN), without its numbers.",
            Column.of("payer", "VARCHAR", CODE, "負担者種別。", "Kind of payer."),
            Column.of("confirmation", "VARCHAR", CODE, "確認区分。", "How it was confirmed."));

    static final Table DIAGNOSIS = ofReceipt(
            "diagnosis",
            "傷病名（SYレコード）。未コード化傷病名の文字は持たない。",
            "Diagnoses (records SY). The text of uncoded ones is not kept.",
            line(),
            Column.of("code", "VARCHAR", CODE, "傷病名コード（7桁）。0000999は未コード化。", "Disease code; 0000999 is uncoded."),
            Column.of("onset", "DATE", DATE, "診療開始日。", "First day of treatment."),
            Column.of("outcome", "VARCHAR", CODE, "転帰区分。", "Outcome."),
            Column.of("modifiers", "VARCHAR", CODE, "修飾語コード（4桁の連なり）。", "Modifier codes, four digits each."),
            Column.of("suspected", "BOOLEAN", CODE, "疑い（修飾語8002）であるか。", "Whether only suspected (modifier 8002)."),
            Column.of("main", "BOOLEAN", CODE, "主傷病であるか。", "Whether it is the main disease."));

    static final Table PROCEDURE = ofItems("procedure", "診療行為（SIレコード）。", "Procedures (records SI).");

    static final Table DRUG = ofItems("drug", "医薬品（IYレコード）。", "Drugs (records IY).");

    static final Table MATERIAL = ofItems(
            "material",
            "特定器材（TOレコード）。商品名は持たない。",
            "Materials (records TO), without their trade names.",
            Column.of("unit", "VARCHAR", CODE, "単位コード。", "Unit."),
            Column.of("unit_price", "DOUBLE", VALUE, "単価（円）。", "Price of one unit, yen."));

    static final Table COMMENT = ofReceipt(
            "comment",
            "コメント（COレコード）。コードのみで、文字は持たない。",
            "Comments (records CO): their codes, never their text.",
            line(),
            Column.of("service_class", "VARCHAR", CODE, "診療識別。", "Class of service."),
            Column.of("code", "VARCHAR", CODE, "コメントコード（9桁）。", "Comment code, nine digits."));

    static final Table SYMPTOM_NOTE = ofReceipt(
            "symptom_note",
            "症状詳記（SJレコード）。区分のみで、文字は持たない。",
            "Notes on symptoms (records SJ): their kind, never their text.",
            line(),
            Column.of("kind", "VARCHAR", CODE, "症状詳記区分。", "Kind of note."));

    static final Table SERVICE_DAY = ofReceipt(
            "service_day",
            "診療行為・医薬品・器材の日別の回数（1日〜31日の情報を行に展開したもの）。",
            "On which days procedures, drugs and materials were given: the 31 day fields as rows.",
            line(),
            Column.of("source", "VARCHAR", CODE, "procedure、drug、material のいずれか。", "procedure, drug or material."),
            Column.of("served", "DATE", DATE, "実施日。", "The day."),
            Column.of("count", "INTEGER", VALUE, "回数。", "How often on that day."));

    static final List<Table> ALL = List.of(
            PERSON,
            CLAIM,
            INSURANCE,
            PUBLIC_EXPENSE,
            QUALIFICATION,
            DIAGNOSIS,
            PROCEDURE,
            DRUG,
            MATERIAL,
            COMMENT,
            SYMPTOM_NOTE,
            SERVICE_DAY);

    private UkeTables() {}

    static Dataset dataset(String id) {
        return new Dataset(
                id,
                new Text("医科レセプト（" + id + "）", "Medical receipts (" + id + ")"),
                new Text(
                        "レセプト電算処理システムの医科レセプトから作成。氏名、生年月日の日、記号番号、カルテ番号、自由記載は取り込み時に除いた。",
                        "Made from electronic medical receipts. Names, days of birth, certificate and chart numbers and"
                                + " free text were dropped on loading."),
                "",
                List.of("claims", "receipts"),
                "c",
                ALL);
    }

    private static Table ofReceipt(String name, String ja, String en, Column... more) {
        var columns = new ArrayList<>(List.of(
                Column.of("claim_id", "BIGINT", RECORD, "レセプトの番号。", "Number of the receipt."),
                Column.of("person_id", "BIGINT", ColumnKind.PERSON, "個人の仮名。", "Pseudonym of the person."),
                Column.of("facility_id", "BIGINT", FACILITY, "医療機関の仮名。", "Pseudonym of the facility."),
                Column.of("service_month", "DATE", DATE, "診療年月（その月の一日）。", "Month of service, its first day.")));
        columns.addAll(List.of(more));
        return Table.of(name, ja, en, columns.toArray(Column[]::new));
    }

    private static Table ofItems(String name, String ja, String en, Column... more) {
        var columns = new ArrayList<>(List.of(
                line(),
                Column.of("service_class", "VARCHAR", CODE, "診療識別（空欄は前の行に続く）。", "Class of service, carried on."),
                Column.of("burden", "VARCHAR", CODE, "負担区分。", "Who pays."),
                Column.of("code", "VARCHAR", CODE, "レセプト電算コード（9桁）。", "Receipt code, nine digits."),
                Column.of("quantity", "DOUBLE", VALUE, "数量または使用量。", "Quantity."),
                Column.of(
                        "points",
                        "INTEGER",
                        VALUE,
                        "点数。算定単位の最後の行にのみある。",
                        "Points; they stand on the last row of a calculation unit only."),
                Column.of("count", "INTEGER", VALUE, "回数。", "How often.")));
        columns.addAll(List.of(more));
        return ofReceipt(name, ja, en, columns.toArray(Column[]::new));
    }

    private static Column line() {
        return Column.of("line", "INTEGER", VALUE, "レセプト内の行番号。", "Row within the receipt, from 1.");
    }
}
