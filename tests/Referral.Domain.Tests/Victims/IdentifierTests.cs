namespace NationalReferral.Tests;

public sealed class IdentifierTests
{
    [TestCase("35202-1234567-1")]
    [TestCase("3520212345671")]
    [TestCase("۳۵۲۰۲-۱۲۳۴۵۶۷-۱")]
    [TestCase("٣٥٢٠٢ ١٢٣٤٥٦٧ ١")]
    [TestCase("\u200E35202–1234567–1")]
    public void A_cnic_is_read_in_any_digits_with_or_without_dashes(string typed)
    {
        Assert.That(NationalId.TryParse(typed, out var id) ? id.ToString() : null, Is.EqualTo("35202-1234567-1"));
    }

    [TestCase(null)]
    [TestCase("35202-1234567")]
    [TestCase("35202-1234567-12")]
    [TestCase("35202-1234567-A")]
    [TestCase("0000000000000")]
    public void Anything_else_is_no_cnic(string? typed)
    {
        Assert.That(NationalId.TryParse(typed, out _), Is.False);
    }

    [TestCase("0300 1234567", "+923001234567")]
    [TestCase("۰۳۰۰-۱۲۳۴۵۶۷", "+923001234567")]
    [TestCase("+92 42 99200000", "+924299200000")]
    [TestCase("00923001234567", "+923001234567")]
    [TestCase("+93 70 123 4567", "+93701234567")]
    public void A_phone_number_is_kept_as_E164(string typed, string e164)
    {
        Assert.That(PhoneNumber.TryParse(typed, out var number) ? number.E164 : null, Is.EqualTo(e164));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("1121")]
    [TestCase("0300 12345")]
    [TestCase("call her sister")]
    [TestCase("0300 1234567 ext 5")]
    public void What_cannot_be_rung_is_no_phone_number(string? typed)
    {
        Assert.That(PhoneNumber.TryParse(typed, out _), Is.False);
    }

    [TestCase("  Ayesha   Bibi ", NameScript.Latin, "Ayesha Bibi")]
    [TestCase("Jose\u0301", NameScript.Latin, "Jos\u00E9")]
    [TestCase("Mary\u202E Jane\u0000", NameScript.Latin, "Mary Jane")]
    [TestCase("D'Souza-Khan Jr.", NameScript.Latin, "D'Souza-Khan Jr.")]
    [TestCase("عائشہ\u200F بی بی", NameScript.Ur, "عائشہ بی بی")]
    [TestCase("نور\u200Cالدین", NameScript.Ur, "نور\u200Cالدین")]
    [TestCase("\u200Cعلی\u200C", NameScript.Ur, "علی")]
    [TestCase("Ali\u200C\u200B", NameScript.Latin, "Ali")]
    public void A_name_is_kept_composed_and_without_invisible_characters(string typed, NameScript script, string kept)
    {
        Assert.That(PersonName.TryParse(typed, script, out var name, out _) ? name.Text : null, Is.EqualTo(kept));
    }

    [TestCase("   ", NameScript.Latin, "blank")]
    [TestCase("\u200B", NameScript.Ur, "blank")]
    [TestCase("عائشہ", NameScript.Latin, "wrong_script")]
    [TestCase("Ayesha", NameScript.Ur, "wrong_script")]
    [TestCase("Ayesha 2", NameScript.Latin, "wrong_script")]
    [TestCase("😀", NameScript.Latin, "wrong_script")]
    [TestCase("...", NameScript.Latin, "wrong_script")]
    public void What_is_no_name_in_its_script_says_why(string typed, NameScript script, string why)
    {
        Assert.That(PersonName.TryParse(typed, script, out _, out var wrong), Is.False);
        Assert.That(wrong, Is.EqualTo(why));
    }

    [Test]
    public void A_name_has_at_most_120_characters()
    {
        Assert.That(PersonName.TryParse(new string('a', 121), NameScript.Latin, out _, out var wrong), Is.False);
        Assert.That(wrong, Is.EqualTo("too_long"));
    }

    [TestCase("fine, two\nlines and 😀", null)]
    [TestCase(" ", "blank")]
    [TestCase("bell\u0007", "control_character")]
    [TestCase("reads\u202Ebackwards", "control_character")]
    public void Text_is_checked_before_it_is_stored(string text, string? code)
    {
        Assert.That(TextRules.Check("/note", text, TextRules.Note)?.Code, Is.EqualTo(code));
    }

    // No test cases: half a character does not survive in an attribute.
    [Test]
    public void Half_a_character_is_no_text()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(TextRules.Check("/note", "half a \ud83d pair", TextRules.Note)?.Code, Is.EqualTo("not_unicode"));
            Assert.That(TextRules.Check("/note", "\ude00\ud83d", TextRules.Note)?.Code, Is.EqualTo("not_unicode"));
            Assert.That(TextRules.Check("/note", "at the end \ud83d", TextRules.Note)?.Code, Is.EqualTo("not_unicode"));
            Assert.That(PersonName.TryParse("Ali\ud800", NameScript.Latin, out _, out var wrong) ? null : wrong, Is.EqualTo("not_unicode"));
            Assert.That(CaseCode.TryParse("PB-26-7F3K2\ud800", out _), Is.False);
        }
    }

    [Test]
    public void Text_that_is_too_long_says_how_long_it_may_be()
    {
        var error = TextRules.Check("/note", new string('x', 201), TextRules.Line);

        Assert.That(error, Has.Property(nameof(FieldError.Code)).EqualTo("too_long").And.Property(nameof(FieldError.Allowed)).EqualTo(new[] { "200" }));
    }
}
