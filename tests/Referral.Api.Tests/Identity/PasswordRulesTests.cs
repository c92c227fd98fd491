using NUnit.Framework;

namespace NationalReferral.Identity;

public sealed class PasswordRulesTests
{
    [TestCase("short words", PasswordRules.TooShort)]
    [TestCase("pakistan12345", PasswordRules.TooCommon)]
    [TestCase("Pakistan@2026!", PasswordRules.TooCommon)]
    [TestCase("P4kist4n Z1ndabad", PasswordRules.TooCommon)]
    [TestCase("passwordpassword", PasswordRules.TooCommon)]
    [TestCase("123456789012", PasswordRules.TooCommon)]
    [TestCase("qwertyuiopasdf", PasswordRules.TooCommon)]
    [TestCase("aaaaaaaaaaaaaa", PasswordRules.TooCommon)]
    [TestCase("iloveyou786786", PasswordRules.TooCommon)]
    [TestCase("National Referral System", PasswordRules.TooCommon)]
    [TestCase("assalamualaikum", PasswordRules.TooCommon)]
    [TestCase("sana.hussain2026", PasswordRules.TooCommon)]
    [TestCase("quiet harbour lantern", null)]
    [TestCase("چائے کی پیالی اور بارش", null)]
    [TestCase("tr7-mango-uncle-bench", null)]
    public void A_password_is_long_and_not_what_everybody_has(string password, string? broken) =>
        Assert.That(PasswordRules.Broken(password, "sana.hussain@shelter.example"), Is.EqualTo(broken));
}
