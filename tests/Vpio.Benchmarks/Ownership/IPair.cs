namespace Vpio.Benchmarks.Ownership;

/// <summary>Is a take and the give-back of what was taken.</summary>
internal interface IPair
{
    /// <summary>Takes it and gives it back.</summary>
    void TakeAndGiveBack();
}
