using Microsoft.AspNetCore.Http;

namespace NationalReferral.Identity;

/// <summary>Every sentence of these pages, in one language.</summary>
internal sealed record Texts
{
    public required string Language { get; init; }
    public required string Direction { get; init; }
    public required string Product { get; init; }
    public required string LeaveNow { get; init; }
    public required string ToContent { get; init; }
    public required string SignIn { get; init; }
    public required string Email { get; init; }
    public required string Password { get; init; }
    public required string Continue { get; init; }
    public required string Forgotten { get; init; }
    public required string ThereIsAProblem { get; init; }
    public required string EnterEmail { get; init; }
    public required string EnterPassword { get; init; }
    public required string Wrong { get; init; }
    public required string Wait { get; init; }
    public required string Expired { get; init; }
    public required string SignedOut { get; init; }
    public required string SignInAgain { get; init; }
    public required string ChoosePassword { get; init; }
    public required string NewPassword { get; init; }
    public required string PasswordAdvice { get; init; }
    public required string Save { get; init; }
    public required string Saved { get; init; }
    public required string TooShort { get; init; }
    public required string TooLong { get; init; }
    public required string TooCommon { get; init; }
    public required string DeadLink { get; init; }
    public required string DeadLinkHelp { get; init; }
    public required string DemoAccounts { get; init; }
    public required string DemoNote { get; init; }

    public static readonly Texts English = new()
    {
        Language = "en",
        Direction = "ltr",
        Product = "National Referral System",
        LeaveNow = "Leave now",
        ToContent = "To the form",
        SignIn = "Sign in",
        Email = "E-mail",
        Password = "Password",
        Continue = "Sign in",
        Forgotten = "Password forgotten? Your agency's administrator can send you a new link.",
        ThereIsAProblem = "There is a problem",
        EnterEmail = "Enter your e-mail",
        EnterPassword = "Enter your password",
        Wrong = "E-mail or password is not right",
        Wait = "Too many tries. Try again in {0} seconds",
        Expired = "This page was open too long. Please send it again",
        SignedOut = "You are signed out",
        SignInAgain = "Sign in again",
        ChoosePassword = "Choose your password",
        NewPassword = "New password",
        PasswordAdvice = "At least 12 characters. Three or four words that only you would put together are good; no digits or signs are needed.",
        Save = "Save password",
        Saved = "Your password is saved",
        TooShort = "The password must have at least 12 characters",
        TooLong = "The password is too long",
        TooCommon = "This password is one that many people use, or your own name. Choose another",
        DeadLink = "This link no longer works",
        DeadLinkHelp = "It was used already, or is older than a day. Ask your administrator for a new one.",
        DemoAccounts = "Demo accounts",
        DemoNote = "Invented people and data. One tap signs you in.",
    };

    public static readonly Texts Urdu = new()
    {
        Language = "ur",
        Direction = "rtl",
        Product = "قومی ریفرل نظام",
        LeaveNow = "فوراً نکلیں",
        ToContent = "فارم پر جائیں",
        SignIn = "سائن اِن",
        Email = "ای میل",
        Password = "پاس ورڈ",
        Continue = "سائن اِن کریں",
        Forgotten = "پاس ورڈ بھول گئے؟ آپ کے ادارے کے منتظم نیا لنک بھیج سکتے ہیں۔",
        ThereIsAProblem = "ایک مسئلہ ہے",
        EnterEmail = "اپنا ای میل لکھیں",
        EnterPassword = "اپنا پاس ورڈ لکھیں",
        Wrong = "ای میل یا پاس ورڈ درست نہیں",
        Wait = "بہت زیادہ کوششیں ہو گئیں۔ {0} سیکنڈ بعد دوبارہ کوشش کریں",
        Expired = "یہ صفحہ بہت دیر سے کھلا تھا۔ دوبارہ بھیجیں",
        SignedOut = "آپ سائن آؤٹ ہو چکے ہیں",
        SignInAgain = "دوبارہ سائن اِن کریں",
        ChoosePassword = "اپنا پاس ورڈ منتخب کریں",
        NewPassword = "نیا پاس ورڈ",
        PasswordAdvice = "کم از کم 12 حروف۔ تین چار ایسے الفاظ اچھے ہیں جو صرف آپ ہی جوڑ سکیں؛ ہندسے یا نشان ضروری نہیں۔",
        Save = "پاس ورڈ محفوظ کریں",
        Saved = "آپ کا پاس ورڈ محفوظ ہو گیا",
        TooShort = "پاس ورڈ میں کم از کم 12 حروف ہونے چاہئیں",
        TooLong = "پاس ورڈ بہت لمبا ہے",
        TooCommon = "یہ پاس ورڈ بہت سے لوگ استعمال کرتے ہیں، یا آپ کا اپنا نام ہے۔ کوئی اور منتخب کریں",
        DeadLink = "یہ لنک اب کام نہیں کرتا",
        DeadLinkHelp = "یہ پہلے استعمال ہو چکا ہے یا ایک دن سے پرانا ہے۔ اپنے منتظم سے نیا لنک مانگیں۔",
        DemoAccounts = "آزمائشی اکاؤنٹ",
        DemoNote = "فرضی لوگ اور معلومات۔ ایک بار چھونے سے سائن اِن ہو جاتا ہے۔",
    };

    /// <summary>What was chosen on the page, else what the application asked for, else what the browser prefers.</summary>
    public static Texts For(HttpRequest request, string? asked)
    {
        var wanted = request.Query["lang"].FirstOrDefault() ?? asked;
        if (wanted is null)
        {
            wanted = request.GetTypedHeaders().AcceptLanguage
                .Where(language => language.Quality is not 0)
                .OrderByDescending(language => language.Quality ?? 1)
                .Select(language => language.Value.ToString())
                .FirstOrDefault(IsKnown);
        }
        return wanted is not null && Is(wanted, "ur") ? Urdu : English;
    }

    private static bool IsKnown(string language) => Is(language, "ur") || Is(language, "en");

    private static bool Is(string language, string code) =>
        language.Equals(code, StringComparison.OrdinalIgnoreCase) || language.StartsWith(code + "-", StringComparison.OrdinalIgnoreCase);
}
