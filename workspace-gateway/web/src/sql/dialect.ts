import { SQLDialect } from '@codemirror/lang-sql'
import { keywords } from './tokens.ts'

/** What the engine lets through, and no more: completion offers nothing that would be refused. */
export const dialect = SQLDialect.define({
  keywords: keywords.replaceAll('|', ' '),
  types: 'bigint boolean date decimal double float hugeint integer interval real smallint time timestamp varchar',
  builtin:
    'abs avg ceil coalesce concat corr count date_diff date_part date_trunc dense_rank exp extract first_value floor greatest lag last_value lead least left length ln log lower lpad max median min mod month ntile nullif power quantile_cont rank regexp_matches replace right round row_number sqrt stddev strftime substring sum trim upper var_samp width_bucket year',
  doubleDollarQuotedStrings: false,
  hashComments: false,
  slashComments: false,
  identifierQuotes: '"',
})
