namespace Vpio.Fuzz.Tests.Plants;

/// <summary>Is a target with a fault in it.</summary>
/// <param name="Fault">The fault.</param>
/// <param name="Promise">What of the promise that it breaks must be told.</param>
/// <param name="Target">The target.</param>
internal sealed record Plant(string Fault, string Promise, IFuzzTarget Target)
{
    /// <inheritdoc/>
    public override string ToString() => Fault;
}
