using Vpio.Jobs;
using Vpio.Tool.Jobs;

namespace Vpio.Fuzz.Job;

/// <summary>Is what a guest says of itself, as domain 0 takes it: whatever stands in the memory, it means something.</summary>
internal readonly record struct Sayings(GuestActivity Activity, ulong Generation, TimeSpan LastRelease, string Failure, bool HasSentAll)
{
    /// <summary>Reads what a guest says.</summary>
    /// <param name="end">Domain 0's end of its job.</param>
    public static Sayings Of(Domain0End end) => new(end.Activity, end.Generation.Value, end.LastRelease, end.Failure, end.HasSentAll);

    /// <summary>Judges it.</summary>
    public void Judge()
    {
        BrokenPromiseException.Unless(Activity <= GuestActivity.Failed, "A guest does what a guest can say that it does", (long)Activity);
        BrokenPromiseException.Unless(Generation <= Abi.Generation.Mask, "A generation has 40 bits", (long)Generation);
        BrokenPromiseException.Unless(LastRelease >= TimeSpan.Zero && LastRelease <= TimeSpan.FromDays(1), "A release takes no more than a day", LastRelease.Ticks);
        BrokenPromiseException.Unless(Failure.Length <= JobLayout.FailureBytes && !Failure.Any(char.IsControl), "A guest's sentence is one line without control characters", Failure.Length);
    }
}
