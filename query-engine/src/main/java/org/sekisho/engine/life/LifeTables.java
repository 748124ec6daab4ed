package org.sekisho.engine.life;

import static org.sekisho.engine.catalog.ColumnKind.CODE;
import static org.sekisho.engine.catalog.ColumnKind.DATE;
import static org.sekisho.engine.catalog.ColumnKind.FACILITY;
import static org.sekisho.engine.catalog.ColumnKind.PERSON;
import static org.sekisho.engine.catalog.ColumnKind.QUASI_IDENTIFIER;
import static org.sekisho.engine.catalog.ColumnKind.RECORD;
import static org.sekisho.engine.catalog.ColumnKind.VALUE;

import java.util.List;
import org.sekisho.engine.catalog.Column;
import org.sekisho.engine.catalog.ColumnKind;
import org.sekisho.engine.catalog.Dataset;
import org.sekisho.engine.catalog.Table;
import org.sekisho.engine.catalog.Text;

/** The tables of the invented population, as the catalogue shows them. */
final class LifeTables {
    static final Table PERSON = Table.of(
            "person",
            "被保険者の台帳。一人につき一行。",
            "The register of insured persons: one row for each person.",
            personId(),
            column("sex", "VARCHAR", QUASI_IDENTIFIER, "性別。M 男、F 女。", "Sex: M male, F female."),
            column("birth_year", "INTEGER", QUASI_IDENTIFIER, "生年（西暦）。", "Year of birth."),
            column(
                    "prefecture_code",
                    "VARCHAR",
                    QUASI_IDENTIFIER,
                    "居住する都道府県のコード（JIS X 0401、2桁）。",
                    "Prefecture of residence, two digits (JIS X 0401)."),
            column(
                    "prefecture",
                    "VARCHAR",
                    QUASI_IDENTIFIER,
                    "居住する都道府県の名前。",
                    "Prefecture of residence, its Japanese name."),
            column(
                    "municipality",
                    "VARCHAR",
                    QUASI_IDENTIFIER,
                    "居住する市町村のコード（5桁）。名前は municipality 表にある。",
                    "Municipality of residence, five digits; names stand in the table municipality."),
            column("insured_from", "DATE", DATE, "観察期間の初日。", "First day of observation."),
            column("insured_to", "DATE", DATE, "観察期間の末日。", "Last day of observation."));

    static final Table COVERAGE = Table.of(
            "coverage",
            "保険資格の期間。保険者が変わると id1 が、氏名が変わると id2 が変わる。",
            "Spells of insurance. A change of insurer changes id1, a change of name changes id2.",
            personId(),
            column(
                    "insurer_type",
                    "VARCHAR",
                    CODE,
                    "保険者の種別。employee 被用者保険、municipal 国民健康保険、elderly 後期高齢者医療。",
                    "Kind of insurer: employee, municipal (national health insurance), elderly (75 and over)."),
            column("insurer", "VARCHAR", QUASI_IDENTIFIER, "保険者番号（架空）。", "Insurer's number (invented)."),
            column("relation", "VARCHAR", CODE, "本人 self、家族 family。", "Insured self, or family."),
            column(
                    "id1",
                    "BIGINT",
                    RECORD,
                    "保険者番号・記号番号・生年月日・性別に基づく識別子（プロジェクトごとに異なる）。",
                    "Identifier from insurer, certificate, birth date and sex; another one for every project."),
            column(
                    "id2",
                    "BIGINT",
                    RECORD,
                    "氏名・生年月日・性別に基づく識別子（プロジェクトごとに異なる）。",
                    "Identifier from name, birth date and sex; another one for every project."),
            column("covered_from", "DATE", DATE, "資格取得日。", "First day of the spell."),
            column("covered_to", "DATE", DATE, "資格喪失日の前日。", "Last day of the spell."));

    static final Table CLAIM = Table.of(
            "claim",
            "診療報酬明細書（レセプト）。一人・一施設・一月につき一行。",
            "Claims (receipts): one row for each person, facility and month.",
            claimId(),
            personId(),
            facilityId(),
            month(),
            column(
                    "claim_type",
                    "VARCHAR",
                    CODE,
                    "種別。outpatient 外来、inpatient 入院、dpc DPC入院、pharmacy 調剤。",
                    "Kind: outpatient, inpatient, dpc (inpatient under DPC) or pharmacy."),
            column(
                    "prefecture_code",
                    "VARCHAR",
                    QUASI_IDENTIFIER,
                    "医療機関の都道府県コード。",
                    "Prefecture of the facility, two digits."),
            column("age", "INTEGER", QUASI_IDENTIFIER, "診療月における満年齢。", "Age in years in that month."),
            column("days", "INTEGER", VALUE, "実日数。", "Days of treatment."),
            column("points", "INTEGER", VALUE, "請求点数（1点は10円）。", "Points claimed (10 yen each)."),
            column("copayment", "INTEGER", VALUE, "一部負担金（円）。", "Paid by the patient, yen."));

    static final Table DIAGNOSIS = Table.of(
            "diagnosis",
            "レセプトに記載された傷病名。",
            "Diagnoses on the claims.",
            claimId(),
            personId(),
            facilityId(),
            month(),
            column("icd10", "VARCHAR", CODE, "ICD-10コード（小数点なし）。", "ICD-10 code without the dot."),
            column("onset", "DATE", DATE, "診療開始日。", "First day of treatment of this disease."),
            column("main", "BOOLEAN", CODE, "主傷病であるか。", "Whether it is the main disease of the claim."),
            column("suspected", "BOOLEAN", CODE, "疑い病名であるか。", "Whether it is only suspected."));

    static final Table PROCEDURE = Table.of(
            "procedure",
            "診療行為。",
            "Procedures, examinations and consultations.",
            claimId(),
            personId(),
            facilityId(),
            column("performed", "DATE", DATE, "実施日。", "Day on which it was done."),
            column("code", "VARCHAR", CODE, "診療行為コード（9桁）。", "Procedure code, nine digits."),
            column("count", "INTEGER", VALUE, "回数。", "How often."),
            column("points", "INTEGER", VALUE, "一回の点数。", "Points for one."));

    static final Table DRUG = Table.of(
            "drug",
            "処方または調剤された医薬品。",
            "Drugs prescribed or dispensed.",
            claimId(),
            personId(),
            facilityId(),
            column("dispensed", "DATE", DATE, "処方日または調剤日。", "Day of prescription or dispensing."),
            column("code", "VARCHAR", CODE, "医薬品コード（9桁）。", "Drug code, nine digits."),
            column("generic", "BOOLEAN", CODE, "後発医薬品であるか。", "Whether it is a generic."),
            column("quantity", "DOUBLE", VALUE, "一日の使用量。", "Units a day."),
            column("days", "INTEGER", VALUE, "投与日数。", "Days of supply."),
            column("points", "INTEGER", VALUE, "薬剤点数の合計。", "Points for the whole supply."));

    static final Table DPC_STAY = Table.of(
            "dpc_stay",
            "DPC対象病院への入院。一入院につき一行。",
            "Stays in DPC hospitals: one row for each stay.",
            personId(),
            facilityId(),
            column("admitted", "DATE", DATE, "入院年月日。", "Day of admission."),
            column("discharged", "DATE", DATE, "退院年月日。", "Day of discharge."),
            column("dpc", "VARCHAR", CODE, "DPCコード（14桁）。", "DPC code, 14 digits."),
            column("icd10", "VARCHAR", CODE, "最も資源を投入した傷病名。", "Disease that took most resources."),
            column("emergency", "BOOLEAN", CODE, "救急入院であるか。", "Whether the admission was an emergency."),
            column("length_of_stay", "INTEGER", VALUE, "在院日数。", "Days in hospital."),
            column("points", "INTEGER", VALUE, "入院の総点数。", "Points for the whole stay."),
            column(
                    "outcome",
                    "VARCHAR",
                    CODE,
                    "退院時転帰。home 軽快、transfer 転院、death 死亡。",
                    "At discharge: home, transfer or death."));

    static final Table CHECKUP = Table.of(
            "checkup",
            "特定健康診査の結果。",
            "Results of the yearly health check-up.",
            personId(),
            facilityId(),
            column("examined", "DATE", DATE, "受診日。", "Day of the examination."),
            column("bmi", "DOUBLE", VALUE, "BMI（kg/m²）。", "Body mass index, kg/m²."),
            column("waist", "DOUBLE", VALUE, "腹囲（cm）。", "Waist, cm."),
            column("systolic", "INTEGER", VALUE, "収縮期血圧（mmHg）。", "Systolic blood pressure, mmHg."),
            column("diastolic", "INTEGER", VALUE, "拡張期血圧（mmHg）。", "Diastolic blood pressure, mmHg."),
            column("hba1c", "DOUBLE", VALUE, "HbA1c（NGSP、%）。", "HbA1c, NGSP, %."),
            column("ldl", "INTEGER", VALUE, "LDLコレステロール（mg/dL）。", "LDL cholesterol, mg/dL."),
            column("triglycerides", "INTEGER", VALUE, "中性脂肪（mg/dL）。", "Triglycerides, mg/dL."),
            column("alt", "INTEGER", VALUE, "ALT（U/L）。", "Alanine aminotransferase, U/L."),
            column("egfr", "DOUBLE", VALUE, "eGFR（mL/分/1.73m²）。", "Estimated GFR, mL/min/1.73 m²."),
            column("smoker", "BOOLEAN", CODE, "現在喫煙しているか。", "Whether smoking now."));

    static final Table CARE_LEVEL = Table.of(
            "care_level",
            "要介護認定の履歴。",
            "Certified levels of long-term care, with their changes.",
            personId(),
            column("certified", "DATE", DATE, "認定日。", "Day of certification."),
            column(
                    "care_level",
                    "VARCHAR",
                    CODE,
                    "要介護状態区分。12 要支援1、13 要支援2、21〜25 要介護1〜5。",
                    "Level: 12 and 13 need support 1 and 2, 21 to 25 need care 1 to 5."));

    static final Table DEATH = Table.of(
            "death",
            "死亡。",
            "Deaths.",
            personId(),
            column("died", "DATE", DATE, "死亡日。", "Day of death."),
            column("icd10", "VARCHAR", CODE, "原死因のICD-10コード。", "Underlying cause, ICD-10."));

    static final Table MUNICIPALITY = Table.of(
            "municipality",
            "市町村の一覧（名前は架空）。",
            "The list of municipalities; their names are invented.",
            column("municipality", "VARCHAR", CODE, "市町村コード（5桁）。", "Municipality, five digits."),
            column("prefecture_code", "VARCHAR", CODE, "都道府県コード。", "Prefecture, two digits."),
            column("prefecture", "VARCHAR", CODE, "都道府県の名前。", "Prefecture, its Japanese name."),
            column("prefecture_en", "VARCHAR", CODE, "都道府県の英語名。", "Prefecture, its English name."),
            column("municipality_ja", "VARCHAR", CODE, "市町村の名前。", "Municipality, its Japanese name."),
            column("municipality_en", "VARCHAR", CODE, "市町村の英語名。", "Municipality, its English name."),
            column("inhabitants", "INTEGER", VALUE, "人口。", "Inhabitants."));

    static final List<Table> ALL = List.of(
            PERSON, COVERAGE, CLAIM, DIAGNOSIS, PROCEDURE, DRUG, DPC_STAY, CHECKUP, CARE_LEVEL, DEATH, MUNICIPALITY);

    private LifeTables() {}

    static Dataset dataset(String id) {
        return new Dataset(
                id,
                new Text("ライフコース（合成データ）", "Life courses (synthetic)"),
                new Text(
                        "東海・近畿の医療保険者を想定し、被保険者の資格、医科・調剤レセプト、DPC入院、特定健診、要介護認定、死亡を"
                                + "乱数から作った合成データ。実在の人物のデータは一切含まない。転出者は全国に散らばり、希少疾患や"
                                + "小さな町村も含むため、少数のセルが自然に現れる。",
                        "Invented data of an imagined health insurer in Tokai and Kansai: insurance spells, medical and"
                                + " pharmacy claims, DPC stays, check-ups, long-term care and deaths. Nothing comes from"
                                + " real persons. People who moved away live all over the country, and there are rare"
                                + " diseases and small towns, so small cells occur as they do in practice."),
                "Sekisho",
                List.of("synthetic", "claims", "DPC", "health check-up", "long-term care"),
                "c",
                ALL);
    }

    private static Column column(String name, String type, ColumnKind kind, String ja, String en) {
        return Column.of(name, type, kind, ja, en);
    }

    private static Column personId() {
        return column(
                "person_id",
                "BIGINT",
                ColumnKind.PERSON,
                "個人の仮名（プロジェクトごとに異なる）。",
                "Pseudonym of the person; another one for every project.");
    }

    private static Column facilityId() {
        return column(
                "facility_id",
                "BIGINT",
                FACILITY,
                "医療機関・薬局の仮名（プロジェクトごとに異なる）。",
                "Pseudonym of the hospital, clinic or pharmacy; another one for every project.");
    }

    private static Column claimId() {
        return column(
                "claim_id",
                "BIGINT",
                RECORD,
                "レセプトの番号（プロジェクトごとに異なる）。",
                "Number of the claim; another one for every project.");
    }

    private static Column month() {
        return column("service_month", "DATE", DATE, "診療年月（その月の一日）。", "Month of service, its first day.");
    }
}
