namespace Vpio.Tool.Bench;

/// <summary>Holds what the command line of <c>vpio bench exits</c> asks for.</summary>
internal sealed record ExitsOptions
{
    /// <summary>Gets how long each way is measured in a round.</summary>
    internal TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets how often all ways are measured, one after the other.</summary>
    internal int Rounds { get; init; } = 5;

    /// <summary>Gets how long a guest may own the NIC while others wait.</summary>
    internal TimeSpan Slice { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Gets the descriptor of KVM that this process inherited; null: it is opened by name.</summary>
    internal int? KvmDescriptor { get; init; }

    /// <summary>Gets where the figures are drawn; null: nowhere.</summary>
    internal string? Plot { get; init; }

    /// <summary>Gets whether the figures are printed as one JSON object, and nothing else.</summary>
    internal bool Json { get; init; }
}
