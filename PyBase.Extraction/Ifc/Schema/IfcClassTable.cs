namespace PyBase.Extraction.Ifc;

/// <summary>
/// The entities below IfcObjectDefinition (ISO 16739-1, 5.1.3.6) of IFC2x3 TC1, IFC4 ADD2 and IFC4x3 ADD2 as one tree: a line's
/// depth says whose subtype it is, by the newest schema that has it. Behind the name stands the position of PredefinedType,
/// and behind a slash that in IFC2x3 where it differs; attributes that are not listed here have one position in all schemas.
/// </summary>
static class IfcClassTable
{
    public const string Text = """
        IfcObjectDefinition
         IfcContext
          IfcProject
          IfcProjectLibrary
         IfcObject
          IfcActor
           IfcOccupant 6
          IfcControl
           IfcActionRequest 6/-
           IfcConditionCriterion
           IfcCostItem 6/-
           IfcCostSchedule 6/12
           IfcEquipmentStandard
           IfcFurnitureStandard
           IfcPerformanceHistory 7/-
           IfcPermit 6/-
           IfcProjectOrder 6
           IfcProjectOrderRecord 6
           IfcScheduleTimeControl
           IfcServiceLife
           IfcSpaceProgram
           IfcTimeSeriesSchedule
           IfcWorkCalendar 8
           IfcWorkControl
            IfcWorkPlan 13/-
            IfcWorkSchedule 13/-
          IfcGroup
           IfcAsset
           IfcCondition
           IfcInventory 5/-
           IfcStructuralLoadGroup 5
            IfcStructuralLoadCase 5
           IfcStructuralResultGroup
           IfcSystem
            IfcBuildingSystem 5
            IfcBuiltSystem 5
            IfcDistributionSystem 6
             IfcDistributionCircuit 6
            IfcElectricalCircuit
            IfcStructuralAnalysisModel 5
            IfcZone
          IfcProcess
           IfcEvent 7
           IfcProcedure 7/-
           IfcTask 12/-
            IfcMove
            IfcOrderAction
          IfcProduct
           IfcAnnotation 7/-
           IfcElement
            IfcBuildingElement
             IfcBuildingElementComponent
            IfcBuiltElement
             IfcBeam 8/-
              IfcBeamStandardCase 8
             IfcBearing 8
             IfcBuildingElementProxy 8/-
             IfcChimney 8
             IfcColumn 8/-
              IfcColumnStandardCase 8
             IfcCourse 8
             IfcCovering 8
             IfcCurtainWall 8/-
             IfcDeepFoundation
              IfcCaissonFoundation 8
              IfcPile 8
             IfcDoor 10/-
              IfcDoorStandardCase 10
             IfcEarthworksElement
              IfcEarthworksFill 8
              IfcReinforcedSoil 8
             IfcFooting 8
             IfcKerb 8
             IfcMember 8/-
              IfcMemberStandardCase 8
             IfcMooringDevice 8
             IfcNavigationElement 8
             IfcPavement 8
             IfcPlate 8/-
              IfcPlateStandardCase 8
             IfcRail 8
             IfcRailing 8
             IfcRamp 8/-
             IfcRampFlight 8/-
             IfcRoof 8/-
             IfcShadingDevice 8
             IfcSlab 8
              IfcSlabElementedCase 8
              IfcSlabStandardCase 8
             IfcStair 8/-
             IfcStairFlight 12/-
             IfcTrackElement 8
             IfcWall 8/-
              IfcWallElementedCase 8
              IfcWallStandardCase 8/-
             IfcWindow 10/-
              IfcWindowStandardCase 10
            IfcCivilElement
            IfcDistributionElement
             IfcDistributionControlElement
              IfcActuator 8
              IfcAlarm 8
              IfcController 8
              IfcFlowInstrument 8
              IfcProtectiveDeviceTrippingUnit 8
              IfcSensor 8
              IfcUnitaryControlElement 8
             IfcDistributionFlowElement
              IfcDistributionChamberElement 8/-
              IfcEnergyConversionDevice
               IfcAirToAirHeatRecovery 8
               IfcBoiler 8
               IfcBurner 8
               IfcChiller 8
               IfcCoil 8
               IfcCondenser 8
               IfcCooledBeam 8
               IfcCoolingTower 8
               IfcElectricGenerator 8
               IfcElectricMotor 8
               IfcEngine 8
               IfcEvaporativeCooler 8
               IfcEvaporator 8
               IfcHeatExchanger 8
               IfcHumidifier 8
               IfcMotorConnection 8
               IfcSolarDevice 8
               IfcTransformer 8
               IfcTubeBundle 8
               IfcUnitaryEquipment 8
              IfcFlowController
               IfcAirTerminalBox 8
               IfcDamper 8
               IfcDistributionBoard 8
               IfcElectricDistributionBoard 8
               IfcElectricDistributionPoint
               IfcElectricTimeControl 8
               IfcFlowMeter 8
               IfcProtectiveDevice 8
               IfcSwitchingDevice 8
               IfcValve 8
              IfcFlowFitting
               IfcCableCarrierFitting 8
               IfcCableFitting 8
               IfcDuctFitting 8
               IfcJunctionBox 8
               IfcPipeFitting 8
              IfcFlowMovingDevice
               IfcCompressor 8
               IfcFan 8
               IfcPump 8
              IfcFlowSegment
               IfcCableCarrierSegment 8
               IfcCableSegment 8
               IfcConveyorSegment 8
               IfcDuctSegment 8
               IfcPipeSegment 8
              IfcFlowStorageDevice
               IfcElectricFlowStorageDevice 8
               IfcTank 8
              IfcFlowTerminal
               IfcAirTerminal 8
               IfcAudioVisualAppliance 8
               IfcCommunicationsAppliance 8
               IfcElectricAppliance 8
               IfcFireSuppressionTerminal 8
               IfcLamp 8
               IfcLightFixture 8
               IfcLiquidTerminal 8
               IfcMedicalDevice 8
               IfcMobileTelecommunicationsAppliance 8
               IfcOutlet 8
               IfcSanitaryTerminal 8
               IfcSignal 8
               IfcSpaceHeater 8
               IfcStackTerminal 8
               IfcWasteTerminal 8
              IfcFlowTreatmentDevice
               IfcDuctSilencer 8
               IfcElectricFlowTreatmentDevice 8
               IfcFilter 8
               IfcInterceptor 8
            IfcElectricalElement
            IfcElementAssembly 9
            IfcElementComponent
             IfcBuildingElementPart 8/-
             IfcDiscreteAccessory 8/-
             IfcFastener 8/-
             IfcImpactProtectionDevice 8
             IfcMechanicalFastener 10/-
             IfcReinforcingElement
              IfcReinforcingBar 12/-
              IfcReinforcingMesh 17/-
              IfcTendon 9
              IfcTendonAnchor 9/-
              IfcTendonConduit 9
             IfcSign 8
             IfcVibrationDamper 8
             IfcVibrationIsolator 8
            IfcEquipmentElement
            IfcFeatureElement
             IfcFeatureElementAddition
              IfcProjectionElement 8/-
             IfcFeatureElementSubtraction
              IfcEarthworksCut 8
              IfcEdgeFeature
               IfcChamferEdgeFeature
               IfcRoundedEdgeFeature
              IfcOpeningElement 8/-
               IfcOpeningStandardCase 8
              IfcVoidingFeature 8
             IfcSurfaceFeature 8
            IfcFurnishingElement
             IfcFurniture 8
             IfcSystemFurnitureElement 8
            IfcGeographicElement 8
            IfcGeotechnicalElement
             IfcGeotechnicalAssembly
              IfcBorehole
              IfcGeomodel
              IfcGeoslice
             IfcGeotechnicalStratum 8
            IfcTransportationDevice
             IfcTransportElement 8/-
             IfcVehicle 8
            IfcVirtualElement 8/-
           IfcLinearElement
            IfcAlignmentCant
            IfcAlignmentHorizontal
            IfcAlignmentSegment
            IfcAlignmentVertical
           IfcPort
            IfcDistributionPort 8/-
           IfcPositioningElement
            IfcGrid 10/-
            IfcLinearPositioningElement
             IfcAlignment 7
            IfcReferent 7
           IfcProxy
           IfcSpatialElement
            IfcExternalSpatialStructureElement
             IfcExternalSpatialElement 8
            IfcSpatialStructureElement
             IfcBuildingStorey
             IfcFacility
              IfcBridge 9
              IfcBuilding
              IfcMarineFacility 9
              IfcRailway 9
              IfcRoad 9
             IfcFacilityPart
              IfcBridgePart 10
              IfcFacilityPartCommon 10
              IfcMarinePart 10
              IfcRailwayPart 10
              IfcRoadPart 10
             IfcSite
             IfcSpace 9/-
            IfcSpatialZone 8
           IfcStructuralActivity
            IfcStructuralAction
             IfcStructuralCurveAction 11
              IfcStructuralLinearAction 11/-
               IfcStructuralLinearActionVarying
             IfcStructuralPointAction
             IfcStructuralSurfaceAction 11
              IfcStructuralPlanarAction 11/-
               IfcStructuralPlanarActionVarying
            IfcStructuralReaction
             IfcStructuralCurveReaction 9
             IfcStructuralPointReaction
             IfcStructuralSurfaceReaction 9
           IfcStructuralItem
            IfcStructuralConnection
             IfcStructuralCurveConnection
             IfcStructuralPointConnection
             IfcStructuralSurfaceConnection
            IfcStructuralMember
             IfcStructuralCurveMember 7
              IfcStructuralCurveMemberVarying 7
             IfcStructuralSurfaceMember 7
              IfcStructuralSurfaceMemberVarying 7
          IfcResource
           IfcConstructionResource
            IfcConstructionEquipmentResource 10/-
            IfcConstructionMaterialResource 10/-
            IfcConstructionProductResource 10/-
            IfcCrewResource 10/-
            IfcLaborResource 10/-
            IfcSubContractResource 10/-
         IfcTypeObject
          IfcTypeProcess
           IfcEventType 9
           IfcProcedureType 9
           IfcTaskType 9
          IfcTypeProduct
           IfcDoorStyle
           IfcElementType
            IfcBuildingElementType
            IfcBuiltElementType
             IfcBeamType 9
             IfcBearingType 9
             IfcBuildingElementProxyType 9
             IfcChimneyType 9
             IfcColumnType 9
             IfcCourseType 9
             IfcCoveringType 9
             IfcCurtainWallType 9
             IfcDeepFoundationType
              IfcCaissonFoundationType 9
              IfcPileType 9
             IfcDoorType 9
             IfcFootingType 9
             IfcKerbType 9
             IfcMemberType 9
             IfcMooringDeviceType 9
             IfcNavigationElementType 9
             IfcPavementType 9
             IfcPlateType 9
             IfcRailType 9
             IfcRailingType 9
             IfcRampFlightType 9
             IfcRampType 9
             IfcRoofType 9
             IfcShadingDeviceType 9
             IfcSlabType 9
             IfcStairFlightType 9
             IfcStairType 9
             IfcTrackElementType 9
             IfcWallType 9
             IfcWindowType 9
            IfcCivilElementType
            IfcDistributionElementType
             IfcDistributionControlElementType
              IfcActuatorType 9
              IfcAlarmType 9
              IfcControllerType 9
              IfcFlowInstrumentType 9
              IfcProtectiveDeviceTrippingUnitType 9
              IfcSensorType 9
              IfcUnitaryControlElementType 9
             IfcDistributionFlowElementType
              IfcDistributionChamberElementType 9
              IfcEnergyConversionDeviceType
               IfcAirToAirHeatRecoveryType 9
               IfcBoilerType 9
               IfcBurnerType 9
               IfcChillerType 9
               IfcCoilType 9
               IfcCondenserType 9
               IfcCooledBeamType 9
               IfcCoolingTowerType 9
               IfcElectricGeneratorType 9
               IfcElectricMotorType 9
               IfcEngineType 9
               IfcEvaporativeCoolerType 9
               IfcEvaporatorType 9
               IfcHeatExchangerType 9
               IfcHumidifierType 9
               IfcMotorConnectionType 9
               IfcSolarDeviceType 9
               IfcTransformerType 9
               IfcTubeBundleType 9
               IfcUnitaryEquipmentType 9
              IfcFlowControllerType
               IfcAirTerminalBoxType 9
               IfcDamperType 9
               IfcDistributionBoardType 9
               IfcElectricDistributionBoardType 9
               IfcElectricTimeControlType 9
               IfcFlowMeterType 9
               IfcProtectiveDeviceType 9
               IfcSwitchingDeviceType 9
               IfcValveType 9
              IfcFlowFittingType
               IfcCableCarrierFittingType 9
               IfcCableFittingType 9
               IfcDuctFittingType 9
               IfcJunctionBoxType 9
               IfcPipeFittingType 9
              IfcFlowMovingDeviceType
               IfcCompressorType 9
               IfcFanType 9
               IfcPumpType 9
              IfcFlowSegmentType
               IfcCableCarrierSegmentType 9
               IfcCableSegmentType 9
               IfcConveyorSegmentType 9
               IfcDuctSegmentType 9
               IfcPipeSegmentType 9
              IfcFlowStorageDeviceType
               IfcElectricFlowStorageDeviceType 9
               IfcTankType 9
              IfcFlowTerminalType
               IfcAirTerminalType 9
               IfcAudioVisualApplianceType 9
               IfcCommunicationsApplianceType 9
               IfcElectricApplianceType 9
               IfcElectricHeaterType 9
               IfcFireSuppressionTerminalType 9
               IfcGasTerminalType 9
               IfcLampType 9
               IfcLightFixtureType 9
               IfcLiquidTerminalType 9
               IfcMedicalDeviceType 9
               IfcMobileTelecommunicationsApplianceType 9
               IfcOutletType 9
               IfcSanitaryTerminalType 9
               IfcSignalType 9
               IfcSpaceHeaterType 9
               IfcStackTerminalType 9
               IfcWasteTerminalType 9
              IfcFlowTreatmentDeviceType
               IfcDuctSilencerType 9
               IfcElectricFlowTreatmentDeviceType 9
               IfcFilterType 9
               IfcInterceptorType 9
            IfcElementAssemblyType 9
            IfcElementComponentType
             IfcBuildingElementPartType 9
             IfcDiscreteAccessoryType 9/-
             IfcFastenerType 9/-
             IfcImpactProtectionDeviceType 9
             IfcMechanicalFastenerType 9/-
             IfcReinforcingElementType
              IfcReinforcingBarType 9
              IfcReinforcingMeshType 9
              IfcTendonAnchorType 9
              IfcTendonConduitType 9
              IfcTendonType 9
             IfcSignType 9
             IfcVibrationDamperType 9
             IfcVibrationIsolatorType 9
            IfcFurnishingElementType
             IfcFurnitureType 10/-
             IfcSystemFurnitureElementType 9/-
            IfcGeographicElementType 9
            IfcTransportationDeviceType
             IfcTransportElementType 9
             IfcVehicleType 9
           IfcSpatialElementType
            IfcSpatialStructureElementType
             IfcSpaceType 9
            IfcSpatialZoneType 9
           IfcWindowStyle
          IfcTypeResource
           IfcConstructionResourceType
            IfcConstructionEquipmentResourceType 11
            IfcConstructionMaterialResourceType 11
            IfcConstructionProductResourceType 11
            IfcCrewResourceType 11
            IfcLaborResourceType 11
            IfcSubContractResourceType 11
        """;
}
