using CsCheck;

namespace NationalReferral.Tests;

/// <summary>Who decides an age follows the order of the law, and doubt protects.</summary>
public sealed class DeterminationsTests
{
    private static readonly DateOnly Today = new(2026, 11, 24);
    private static readonly string[] Kinds =
        ["birth_certificate", "school_certificate", "b_form_crc", "identity_card", "vaccination_card", "nikah_nama", "other_document", "medical_examination", "statement", "appearance"];

    [TestCase("birth_certificate", 1)]
    [TestCase("school_certificate", 2)]
    [TestCase("b_form_crc", 3)]
    [TestCase("other_document", 3)]
    [TestCase("medical_examination", 4)]
    [TestCase("statement", 5)]
    [TestCase("appearance", 6)]
    public void Evidence_has_the_order_of_the_taxonomy(string kind, int rank) => Assert.That(Determinations.RankOf(kind), Is.EqualTo(rank));

    [TestCase("birth_certificate", true)]
    [TestCase("medical_examination", true)]
    [TestCase("nikah_nama", false, Description = "Often states a false age.")]
    [TestCase("statement", false)]
    [TestCase("appearance", false)]
    public void Not_all_of_it_can_decide(string kind, bool decides)
    {
        var proof = Proof(kind, "2008-01-01");

        var (age, errors) = Determinations.Decide([proof], [proof.Id], []);

        Assert.That(age is not null, Is.EqualTo(decides));
        Assert.That(errors.Select(error => error.Code), Is.EqualTo(decides ? Array.Empty<string>() : ["not_enough_alone"]));
    }

    [Test]
    public void A_medical_examination_decides_only_where_no_document_counts()
    {
        var paper = Proof("school_certificate", "2010-05-01");
        var examined = new AgeProof(Guid.NewGuid(), "medical_examination", Age.About(19, Today, "medical_examination", 18, 20));

        Assert.That(Determinations.Decide([paper, examined], [examined.Id], []).Errors.Single().Code, Is.EqualTo("evidence_left_out"));
        Assert.That(Determinations.Decide([paper, examined], [examined.Id], [paper.Id]).Age!.RangeOn(Today), Is.EqualTo((18, 20)));
        Assert.That(Determinations.Decide([paper, examined], [paper.Id, examined.Id], []).Age!.RangeOn(Today), Is.EqualTo((16, 16)), "the stronger of both");
    }

    [Test]
    public void Papers_of_one_strength_that_disagree_leave_a_doubt_that_protects()
    {
        var (elder, younger) = (Proof("b_form_crc", "2007-01-01"), Proof("other_document", "2010-01-01"));

        var age = Determinations.Decide([elder, younger], [elder.Id, younger.Id], []).Age!;

        Assert.That(age.RangeOn(Today), Is.EqualTo((16, 19)));
        Assert.That(age.AsChildOn(Today));
        Assert.That(Determinations.Decide([elder, younger], [elder.Id], []).Errors.Single().Code, Is.EqualTo("evidence_left_out"), "no choosing in silence");
        Assert.That(Determinations.Decide([elder, younger], [elder.Id], [younger.Id]).Age!.AsChildOn(Today), Is.False);
    }

    [Test]
    public void What_is_not_there_is_named()
    {
        var proof = Proof("birth_certificate", "2008-01-01");

        Assert.That(Determinations.Decide([proof], [Guid.NewGuid()], []).Errors.Single(), Is.EqualTo(new FieldError("/restsOn/0", "unknown_reference")));
        Assert.That(Determinations.Decide([proof], [proof.Id], [proof.Id]).Errors.Single(), Is.EqualTo(new FieldError("/setAside/0", "named_twice")));
    }

    /// <summary>Whoever is decided to be of age is of age by every piece of the strongest evidence that counts.</summary>
    [Test]
    public void Nobody_is_decided_to_be_older_than_the_strongest_evidence_says()
    {
        var one = Gen.Select(Gen.Int[0, Kinds.Length - 1], Gen.Int[0, 12 * 365], (kind, days) => Proof(Kinds[kind], new DateOnly(2000, 1, 1).AddDays(days)));
        Gen.Select(one.Array[1, 5], Gen.Bool.Array[5, 5], Gen.Bool.Array[5, 5]).Sample((file, rests, aside) =>
        {
            Guid[] restsOn = [.. file.Where((_, i) => rests[i]).Select(proof => proof.Id)];
            Guid[] setAside = [.. file.Where((_, i) => !rests[i] && aside[i]).Select(proof => proof.Id)];
            if (Determinations.Decide(file, restsOn, setAside).Age is not { } age)
            {
                return true;
            }
            AgeProof[] counting = [.. file.Where(proof => Determinations.Decides(proof.Kind) && !setAside.Contains(proof.Id))];
            var strongest = counting.Min(proof => Determinations.RankOf(proof.Kind));
            return counting.Where(proof => Determinations.RankOf(proof.Kind) == strongest).All(proof => !proof.Says.AsChildOn(Today) || age.AsChildOn(Today));
        });
    }

    private static AgeProof Proof(string kind, string born) => Proof(kind, DateOnly.Parse(born, System.Globalization.CultureInfo.InvariantCulture));

    private static AgeProof Proof(string kind, DateOnly born) => new(Guid.NewGuid(), kind, Age.Documented(born, kind));
}
