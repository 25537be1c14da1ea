using Vpio.Conformance;
using Vpio.Tool.Run;

namespace Vpio.Tool.Check;

/// <summary>Holds what the command line of <c>vpio check</c> asks for.</summary>
/// <param name="Kinds">The kinds of guests to try the cases with.</param>
/// <param name="Cases">The cases.</param>
/// <param name="KvmDescriptor">The descriptor of KVM that this process inherited; null: it is opened by name.</param>
/// <param name="Json">Whether the sheet is printed as one JSON object.</param>
internal sealed record CheckOptions(IReadOnlyList<GuestKind> Kinds, IReadOnlyList<ConformanceCase> Cases, int? KvmDescriptor, bool Json);
