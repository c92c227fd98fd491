using CsCheck;

namespace NationalReferral.Tests;

public sealed class CaseCodeTests
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static readonly string[] Provinces = ["PK-BA", "PK-GB", "PK-IS", "PK-JK", "PK-KP", "PK-PB", "PK-SD"];

    private static readonly Gen<string> AnyCode =
        Gen.Select(Gen.Int[0, 6].Select(n => Provinces[n]), Gen.Int[2025, 2099], Gen.UInt).Select((province, year, random) => CaseCode.Make(province, year, random).Text);

    [Test]
    public void It_looks_like_the_design_says()
    {
        Assert.That(CaseCode.Make("PK-PB-LHR", 2026, 12345).Text, Does.Match("^PB-26-[0-9A-HJKMNP-TV-Z]{6}$"));
    }

    [Test]
    public void What_was_made_is_read_again() =>
        AnyCode.Sample(text => CaseCode.TryParse(text, out var code) && code.Text == text);

    [Test]
    public void Different_random_bits_give_different_codes()
    {
        var codes = Enumerable.Range(0, 2_000).Select(n => CaseCode.Make("PK-SD", 2026, (uint)n * 16_771).Text);

        Assert.That(codes, Is.Unique);
    }

    [Test]
    public void Every_single_wrong_character_is_found() =>
        Gen.Select(AnyCode, Gen.Int[0, 11], Gen.Char[Alphabet]).Sample((text, at, wrong) =>
        {
            at = at is 2 or 5 ? at + 1 : at;
            return text[at] == wrong || !CaseCode.TryParse(string.Concat(text[..at], wrong, text[(at + 1)..]), out _);
        });

    [Test]
    public void Every_two_characters_that_changed_places_are_found() =>
        AnyCode.Sample(text =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                for (var j = i + 1; j < text.Length; j++)
                {
                    var swapped = text.ToCharArray();
                    (swapped[i], swapped[j]) = (swapped[j], swapped[i]);
                    if (text[i] != text[j] && text[i] != '-' && text[j] != '-' && CaseCode.TryParse(new string(swapped), out _))
                    {
                        return false;
                    }
                }
            }
            return true;
        });

    [Test]
    public void It_is_read_as_people_type_it()
    {
        var code = Enumerable.Range(0, 10_000).Select(n => CaseCode.Make("PK-IS", 2026, (1u << 20) | (uint)n)).First(c => c.Text.EndsWith("10", StringComparison.Ordinal) && CountOnes(c) == 1);
        var (head, middle) = (code.Text[..2], code.Text[6..10]);
        string[] typed =
        [
            code.Text.ToLowerInvariant(),
            code.Text.Replace("-", "", StringComparison.Ordinal),
            $" {head} 26 {middle} 10 ",
            $"{head}–۲۶–{middle}۱۰",
            $"{head}_٢٦_{middle}IO",
            $"\u200F{head}-26-{middle}l0\u200E",
        ];

        Assert.That(typed.Select(t => CaseCode.TryParse(t, out var read) ? read.Text : "unreadable"), Is.All.EqualTo(code.Text));
    }

    [Test]
    public void Something_else_is_no_code(
        [Values(null, "", "PB-26", "PB-26-7F3K2Q9", "7F-26-7F3K2Q", "PB-2A-7F3K2Q", "PB-26-UUUUUU", "لاہور")] string? text)
    {
        Assert.That(CaseCode.TryParse(text, out _), Is.False);
    }

    private static int CountOnes(CaseCode code) => code.Text[6..].Count(c => c == '1');
}
