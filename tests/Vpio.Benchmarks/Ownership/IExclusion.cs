namespace Vpio.Benchmarks.Ownership;

/// <summary>Is something that one can have at a time. Implemented by structs, so that a loop over it calls nothing indirectly.</summary>
internal interface IExclusion
{
    /// <summary>Takes it.</summary>
    void Take();

    /// <summary>Gives it back.</summary>
    void GiveBack();
}
