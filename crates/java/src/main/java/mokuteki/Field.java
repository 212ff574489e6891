package mokuteki;

import java.util.Locale;

/** The fields of a flow, in the order of the contract. */
public enum Field {
    /** 組合: the id of the society, or its 保険者番号. */
    SOCIETY,
    /** データ: the kinds of data. */
    DATA,
    /** 形: what was done to the data. */
    FORM,
    /** 対象者: whose data. */
    SUBJECT,
    /** 提供元: who hands it over. */
    SENDER,
    /** 提供先: who receives it. */
    RECIPIENT,
    /** 関係: the relation. */
    RELATION,
    /** 業務: the work it is for. */
    ACTIVITY,
    /** 上の委託: the entrustment above a 再委託. */
    UNDER,
    /** 手段: how it travels. */
    CHANNEL,
    /** 根拠: the basis that is claimed. */
    BASIS,
    /** 同意: none, implied, explicit or refused. */
    CONSENT,
    /** 個人番号: whether it carries one. */
    MY_NUMBER,
    /** 国外: whether the recipient is outside Japan. */
    ABROAD,
    /** 日: the day. */
    AS_OF;

    static final Field[] ALL = values();

    /** The name in files and records, such as {@code my_number}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
