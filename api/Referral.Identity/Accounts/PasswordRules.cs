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

    /// <summary>Lower case, without spaces and signs; what stands for a letter is read as one inside a word.</summary>
    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        var plain = text.Normalize(NormalizationForm.FormKC).ToLowerInvariant();
        var lastLetter = plain.Length - 1;
        while (lastLetter >= 0 && !char.IsLetter(plain[lastLetter]))
        {
            lastLetter--;
        }
        for (var i = 0; i < plain.Length; i++)
        {
            var isInside = folded.Length > 0 && char.IsLetter(folded[^1]) && i < lastLetter;
            var letter = plain[i] switch
            {
                '0' when isInside => 'o',
                '1' or '!' when isInside => 'i',
                '3' when isInside => 'e',
                '4' or '@' when isInside => 'a',
                '5' or '$' when isInside => 's',
                '7' when isInside => 't',
                var other => other,
            };
            if (char.IsLetterOrDigit(letter))
            {
                folded.Append(letter);
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
