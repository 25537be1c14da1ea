using Vpio.Abi;
using Vpio.Abi.Operations;

namespace Vpio.Hypervisor.Iommu;

/// <summary>Reports one DMA access that was blocked.</summary>
/// <param name="Guest">The guest on whose behalf the device made it.</param>
/// <param name="Address">Where it began.</param>
/// <param name="LengthBytes">How long it was, bytes.</param>
/// <param name="Access">What it was.</param>
public readonly record struct IommuFault(DomainId Guest, Iova Address, uint LengthBytes, DmaAccess Access);
