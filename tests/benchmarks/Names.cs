using NationalReferral.Tests;

namespace NationalReferral.Benchmarks;

/// <summary>How well names are found across scripts and spellings, on each half of the labelled set.</summary>
internal static class Names
{
    public static void Print()
    {
        Console.WriteLine($"training: {LabelledNames.Measure(Repository.Root, LabelledNames.Training)}");
        Console.WriteLine($"held out: {LabelledNames.Measure(Repository.Root, LabelledNames.HeldOut)}");
    }
}
