using Microsoft.CodeAnalysis;
using Vpio.Analyzers.Contracts;

namespace Vpio.Analyzers.Flow;

/// <summary>Is one activation of a member: the one analysed, or what is inferred of one that it calls.</summary>
/// <param name="Member">What is analysed.</param>
/// <param name="Contract">What its attributes say.</param>
/// <param name="Caller">Who calls it, when it is followed inside another.</param>
internal sealed record Frame(ISymbol Member, Contract Contract, Frame? Caller)
{
    /// <summary>Gets what was found wrong that the caller is to blame for.</summary>
    public List<(DeviceUse Kind, Verdict Verdict)> Blame { get; } = [];

    /// <summary>Gets whether something was done with the device that is followed.</summary>
    public bool IsConcerned { get; private set; }

    /// <summary>Gets how deep the calls are nested.</summary>
    public int Depth => Caller is null ? 0 : Caller.Depth + 1;

    /// <summary>Notes that something is done with the device that is followed.</summary>
    public void Concern()
    {
        IsConcerned = true;
        Caller?.Concern();
    }

    /// <summary>Gets whether a member is being followed already.</summary>
    public bool IsActive(ISymbol member) => SymbolEqualityComparer.Default.Equals(Member, member) || Caller?.IsActive(member) == true;
}
