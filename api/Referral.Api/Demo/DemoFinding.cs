namespace NationalReferral;

/// <summary>Where somebody was found and what was seen there, as an officer would have written it in English or in Urdu.</summary>
/// <param name="Sex">Null: whoever it was.</param>
internal sealed record DemoFinding(
    string PlaceEn, string PlaceUr, string TextEn, string TextUr, string Industry, string PlaceKind, string Type, string Means, string? Sex = null)
{
    public static IReadOnlyList<DemoFinding> All { get; } =
    [
        new("Brick kiln beside the canal", "نہر کے کنارے اینٹوں کا بھٹہ", "Works with the whole family against an advance that grows every month.",
            "پورے خاندان کے ساتھ پیشگی کے بدلے کام؛ قرض ہر مہینے بڑھ جاتا ہے۔", "brick_kiln", "brick_kiln", "bonded_labour", "debt"),
        new("House in a gated street", "بند گلی کا ایک گھر", "Housework from early morning; is not allowed to go out or to telephone.",
            "صبح سویرے سے گھر کا کام؛ باہر جانے اور فون کرنے کی اجازت نہیں۔", "domestic_work", "employer_home", "domestic_servitude", "movement_restricted"),
        new("Bus stand", "بسوں کا اڈا", "Begs near the buses and hands the money over in the evening.",
            "بسوں کے پاس بھیک منگوائی جاتی ہے، شام کو ساری رقم لے لی جاتی ہے۔", "begging", "transport_hub", "forced_begging", "threats"),
        new("Carpet workshop", "قالین کا کارخانہ", "Knots carpets in a closed room, paid by the piece, seldom in full.",
            "بند کمرے میں قالین بنوائے جاتے ہیں، اجرت فی دانہ اور اکثر ادھوری۔", "carpet_weaving", "workplace", "forced_labour", "wages_withheld"),
        new("Cotton farm", "کپاس کا کھیت", "Picks cotton for a landlord who keeps the family's papers.",
            "زمیندار کے لیے کپاس کی چنائی؛ خاندان کے کاغذات اسی کے پاس ہیں۔", "agriculture", "farm", "bonded_labour", "documents_taken"),
        new("Roadside restaurant", "سڑک کنارے ہوٹل", "Washes dishes through the night and sleeps in the kitchen.",
            "رات بھر برتن دھلوائے جاتے ہیں، سونا بھی باورچی خانے میں۔", "hotels_restaurants", "workplace", "child_labour", "excessive_hours", "male"),
        new("An uncle's house", "چچا کا گھر", "A wedding with a much older man is arranged for next month.",
            "اگلے مہینے بہت بڑی عمر کے آدمی سے شادی طے کر دی گئی ہے۔", "no_industry", "relative_home", "child_marriage", "family_pressure", "female"),
        new("Guest house near the shrine", "مزار کے قریب مہمان خانہ", "Was promised work in a beauty parlour and brought here instead.",
            "بیوٹی پارلر میں کام کا وعدہ تھا، یہاں لا کر رکھا گیا۔", "entertainment", "hotel", "sexual_exploitation", "false_promises", "female"),
        new("Motor workshop", "گاڑیوں کی ورکشاپ", "Repairs lorries with burns on both hands; the owner had promised school.",
            "دونوں ہاتھ جلے ہوئے، ٹرکوں کی مرمت؛ مالک نے اسکول کا وعدہ کیا تھا۔", "auto_workshops", "workplace", "hazardous_child_labour", "false_promises", "male"),
        new("Bangle furnaces", "چوڑیوں کی بھٹیاں", "Carries molten glass in a shed without windows.",
            "بغیر کھڑکی کے چھپر میں پگھلا ہوا شیشہ اٹھوایا جاتا ہے۔", "glass_bangles", "workplace", "hazardous_child_labour", "excessive_hours"),
    ];

    public bool Fits(string sex) => Sex is null || Sex == sex;
}
