using System.Collections.Frozen;
using System.Text;
using Microsoft.AspNetCore.Identity;

namespace NationalReferral.Identity;

/// <summary>
/// Length, and not what everybody tries first; no rules of composition (NIST SP 800-63B, 3.1.1.2). A common word stays
/// common with digits around it, with 0 for o, or written twice.
/// </summary>
public sealed class PasswordRules : IPasswordValidator<Account>
{
    public const int MinLength = 12;
    public const string TooShort = "password_too_short";
    public const string TooLong = "password_too_long";
    public const string TooCommon = "password_too_common";

    private static readonly FrozenSet<string> Common = Embedded.Text("common-passwords.txt")
        .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Where(line => line[0] != '#').Select(Fold).ToFrozenSet(StringComparer.Ordinal);

    /// <returns>The code of the rule that is broken, or null.</returns>
    public static string? Broken(string password, string? email)
    {
        if (password.EnumerateRunes().Count() < MinLength)
        {
            return TooShort;
        }
        if (password.Length > Passwords.MaxLength)
        {
            return TooLong;
        }
        var own = email is null ? string.Empty : Letters(Fold(email.Split('@')[0]));
        return Candidates(Fold(password)).Any(text => Common.Contains(text) || IsRun(text) || (own.Length > 3 && text == own)) ? TooCommon : null;
    }

    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password) =>
        Task.FromResult(Broken(password ?? string.Empty, user.Email) is { } code
            ? IdentityResult.Failed(new IdentityError { Code = code, Description = code })
            : IdentityResult.Success);

    private static IEnumerable<string> Candidates(string folded)
    {
        yield return folded;
        var word = Letters(folded);
        if (word.Length > 0)
        {
            yield return word;
        }
        foreach (var text in new[] { folded, word })
        {
            if (Repeated(text) is { } unit)
            {
                yield return unit;
                yield return Letters(unit);
            }
        }
    }

    /// <summary>Lower case, without spaces and signs, digits that stand for letters read as letters where letters surround them.</summary>
    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var letter in text.Normalize(NormalizationForm.FormKC).ToLowerInvariant())
        {
            folded.Append(letter switch
            {
                '@' => "a",
                '$' => "s",
                '!' => "i",
                _ when char.IsLetterOrDigit(letter) => letter.ToString(),
                _ => string.Empty,
            });
        }
        for (var i = 1; i < folded.Length - 1; i++)
        {
            if (char.IsLetter(folded[i - 1]) && folded.ToString(i + 1, folded.Length - i - 1).Any(char.IsLetter))
            {
                folded[i] = folded[i] switch { '0' => 'o', '1' => 'i', '3' => 'e', '4' => 'a', '5' => 's', '7' => 't', _ => folded[i] };
            }
        }
        return folded.ToString();
    }

    /// <summary>The word inside <c>2024lahore786</c>.</summary>
    private static string Letters(string text) => text.Trim('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');

    /// <summary>The piece that <c>abcabcabc</c> is made of, or null.</summary>
    private static string? Repeated(string text)
    {
        for (var size = 1; size <= text.Length / 2; size++)
        {
            if (text.Length % size == 0 && Enumerable.Range(1, text.Length / size - 1).All(n => string.CompareOrdinal(text, 0, text, n * size, size) == 0))
            {
                return text[..size];
            }
        }
        return null;
    }

    /// <summary>One letter, or a straight run along the alphabet, the digits or a row of keys.</summary>
    private static bool IsRun(string text)
    {
        if (text.Length < 2)
        {
            return text.Length == 1;
        }
        var both = text + "\n" + new string([.. text.Reverse()]);
        return both.Split('\n').Any(way =>
            "abcdefghijklmnopqrstuvwxyz".Contains(way, StringComparison.Ordinal)
            || "0123456789012345678901234567890".Contains(way, StringComparison.Ordinal)
            || "1234567890qwertyuiopasdfghjklzxcvbnm".Contains(way, StringComparison.Ordinal)
            || "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik".Contains(way, StringComparison.Ordinal));
    }
}
